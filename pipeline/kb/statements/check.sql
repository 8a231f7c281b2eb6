-- name: orphans
SELECT 'deal ' || d.public_id AS what FROM deal d
WHERE d.live=1 AND NOT EXISTS(SELECT 1 FROM deal_mention m JOIN deal o ON o.id=m.deal_id WHERE o.id=d.id OR o.merged_into=d.id)
UNION ALL SELECT 'telling ' || m.id || ' of a counting reading has no deal' FROM deal_mention m JOIN extraction x ON x.id=m.extraction_id
WHERE x.counts=1 AND m.deal_id IS NULL
UNION ALL SELECT 'name ' || a.id || ' of a counting reading has no entity' FROM appearance a JOIN extraction x ON x.id=a.extraction_id
WHERE x.counts=1 AND a.entity_id IS NULL
UNION ALL SELECT 'telling ' || m.id || ' of a reading that does not count has a deal' FROM deal_mention m JOIN extraction x ON x.id=m.extraction_id
WHERE x.counts=0 AND m.deal_id IS NOT NULL
UNION ALL SELECT 'deal D' || d.id || ' points to one that points on' FROM deal d JOIN deal r ON r.id=d.merged_into WHERE r.merged_into IS NOT NULL
UNION ALL SELECT 'entity ' || e.public_id || ' points to one that points on' FROM entity e JOIN entity r ON r.id=e.merged_into WHERE r.merged_into IS NOT NULL
LIMIT 20

-- name: unproved
SELECT d.public_id || ': ' || f.field AS what
FROM deal d JOIN (
  SELECT id, 'type' AS field FROM deal WHERE live=1
  UNION ALL SELECT id, 'status' FROM deal WHERE live=1
  UNION ALL SELECT id, 'amount' FROM deal WHERE live=1 AND currency IS NOT NULL
  UNION ALL SELECT id, 'total' FROM deal WHERE live=1 AND total_currency IS NOT NULL
  UNION ALL SELECT id, 'stake' FROM deal WHERE live=1 AND stake IS NOT NULL
  UNION ALL SELECT id, 'stake_after' FROM deal WHERE live=1 AND stake_after IS NOT NULL
  UNION ALL SELECT id, 'date' FROM deal WHERE live=1 AND date IS NOT NULL
  UNION ALL SELECT id, 'subject' FROM deal WHERE live=1 AND subject IS NOT NULL
  UNION ALL SELECT p.deal_id, 'party:' || p.position FROM deal_party p JOIN deal o ON o.id=p.deal_id AND o.live=1
) f ON f.id=d.id
WHERE NOT EXISTS(SELECT 1 FROM deal_evidence e WHERE e.deal_id=d.id AND e.field=f.field AND e.agrees=1)
  AND NOT EXISTS(SELECT 1 FROM live_decision c JOIN deal g ON g.public_id=c.a AND (g.id=d.id OR g.merged_into=d.id)
    WHERE c.kind='correct' AND (c.field=f.field OR f.field LIKE 'party:%'))
LIMIT 20

-- name: mentions
SELECT m.id, m.char_start, m.char_end, m.text, m.article_id, x.version FROM mention m JOIN extraction x ON x.id=m.extraction_id
WHERE m.id>:after ORDER BY m.id LIMIT :limit

-- name: misplaced
SELECT 'mention ' || m.id || ' of article ' || m.article_id AS what
FROM mention m JOIN extraction x ON x.id=m.extraction_id JOIN article a ON a.id=m.article_id
LEFT JOIN article_version v ON v.article_id=m.article_id AND v.version=x.version
WHERE substr(CASE x.version WHEN a.version THEN a.text ELSE v.text END, m.char_start+1, m.char_end-m.char_start)<>m.text LIMIT 20

-- name: misplaced_spans
SELECT 'evidence of telling ' || n.deal_mention_id AS what
FROM deal_mention_span n JOIN deal_mention m ON m.id=n.deal_mention_id JOIN extraction x ON x.id=m.extraction_id JOIN article a ON a.id=m.article_id
LEFT JOIN article_version v ON v.article_id=m.article_id AND v.version=x.version
WHERE n.char_end>length(CASE x.version WHEN a.version THEN a.text ELSE v.text END) LIMIT 20

-- name: miscounted
SELECT e.public_id || ': ' || e.articles || ' articles' AS what FROM entity e
WHERE e.merged_into IS NULL AND e.articles<>(SELECT count(*) FROM appearance a JOIN entity m ON m.id=a.entity_id WHERE m.id=e.id OR m.merged_into=e.id)
LIMIT 20

-- name: unlike_hash
SELECT id, text, text_hash FROM article WHERE id>:after ORDER BY id LIMIT :limit
