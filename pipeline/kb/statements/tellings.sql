-- name: of_deals
SELECT coalesce(d.merged_into, d.id) AS root, m.*, s.slug AS source, coalesce(a.copy_of, a.id) AS original,
  CASE WHEN a.published_trust='high' AND x.doubts='[]' THEN a.published END AS published, a.saved_at
FROM deal d JOIN deal_mention m ON m.deal_id=d.id JOIN extraction x ON x.id=m.extraction_id JOIN article a ON a.id=m.article_id
JOIN source s ON s.id=a.source_id
WHERE d.id IN (SELECT value FROM json_each(:ids)) OR d.merged_into IN (SELECT value FROM json_each(:ids)) ORDER BY m.id

-- name: of_extraction
SELECT 0 AS root, m.*, s.slug AS source, coalesce(a.copy_of, a.id) AS original,
  CASE WHEN a.published_trust='high' AND x.doubts='[]' THEN a.published END AS published, a.saved_at
FROM deal_mention m JOIN extraction x ON x.id=m.extraction_id JOIN article a ON a.id=m.article_id JOIN source s ON s.id=a.source_id
WHERE m.extraction_id=:extraction_id ORDER BY m.id

-- name: parties
SELECT p.deal_mention_id, p.role, p.name, p.named, coalesce(e.merged_into, e.id) AS entity
FROM deal_mention_party p LEFT JOIN appearance a ON a.id=p.appearance_id LEFT JOIN entity e ON e.id=a.entity_id
WHERE p.deal_mention_id IN (SELECT value FROM json_each(:ids)) ORDER BY p.deal_mention_id, p.position

-- name: sentences
SELECT n.deal_mention_id, n.char_start, n.char_end, substr(coalesce(v.text, a.text), n.char_start+1, n.char_end-n.char_start) AS text
FROM deal_mention_span n JOIN deal_mention m ON m.id=n.deal_mention_id JOIN extraction x ON x.id=m.extraction_id
JOIN article a ON a.id=m.article_id LEFT JOIN article_version v ON v.article_id=m.article_id AND v.version=x.version
WHERE n.deal_mention_id IN (SELECT value FROM json_each(:ids)) AND n.field='sentence' ORDER BY n.deal_mention_id, n.char_start

-- name: proposed
SELECT c.entity_id AS entity, coalesce(e.merged_into, e.id) AS other FROM entity_candidate c JOIN entity e ON e.id=c.other_id
WHERE c.entity_id IN (SELECT value FROM json_each(:ids))
UNION SELECT c.other_id, coalesce(e.merged_into, e.id) FROM entity_candidate c JOIN entity e ON e.id=c.entity_id
WHERE c.other_id IN (SELECT value FROM json_each(:ids))

-- name: around
SELECT DISTINCT coalesce(e.merged_into, e.id) AS id
FROM deal_mention m JOIN appearance a ON a.extraction_id=m.extraction_id AND a.kind='organisation' JOIN entity e ON e.id=a.entity_id
WHERE m.id=:id AND a.id NOT IN (SELECT p.appearance_id FROM deal_mention n JOIN deal_mention_party p ON p.deal_mention_id=n.id
  WHERE n.extraction_id=m.extraction_id AND p.appearance_id IS NOT NULL)
