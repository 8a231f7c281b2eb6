-- name: deals
SELECT d.* FROM deal d
WHERE d.live=1
  AND (:types IS NULL OR d.type IN (SELECT value FROM json_each(:types)))
  AND (:statuses IS NULL OR d.status IN (SELECT value FROM json_each(:statuses)))
  AND (:since IS NULL OR d.day>=:since) AND (:until IS NULL OR d.day<=:until)
  AND (:min_cents IS NULL OR d.amount_eur>=:min_cents)
  AND (:party IS NULL OR EXISTS(SELECT 1 FROM deal_party p WHERE p.deal_id=d.id
    AND (p.name LIKE '%' || :party || '%' ESCAPE '\' OR p.entity_id IN (SELECT value FROM json_each(:entities)))))
ORDER BY d.day DESC, d.id DESC LIMIT :limit

-- name: deal
SELECT * FROM deal WHERE id=:id

-- name: parties_of
SELECT p.deal_id, p.role, p.name, e.public_id FROM deal_party p LEFT JOIN entity e ON e.id=p.entity_id
WHERE p.deal_id IN (SELECT value FROM json_each(:ids)) ORDER BY p.deal_id, p.position

-- name: entities_named
SELECT DISTINCT entity_id AS id FROM name WHERE name=:name COLLATE NOCASE OR norm=:norm LIMIT 50

-- name: entity
SELECT id, public_id, kind, name, coalesce(merged_into, id) AS root FROM entity WHERE id=:id AND public_id=:public_id

-- name: evidence
SELECT e.field, e.value, e.chosen, e.agrees, e.deal_mention_id, a.title AS article, s.name AS source, a.published, a.canonical_url AS url,
  x.tagger || ' ' || x.version AS extractor, coalesce(v.text, a.text) AS text
FROM deal_evidence e JOIN deal_mention m ON m.id=e.deal_mention_id JOIN extraction t ON t.id=m.extraction_id
JOIN extractor x ON x.id=t.extractor_id JOIN article a ON a.id=m.article_id JOIN source s ON s.id=a.source_id
LEFT JOIN article_version v ON v.article_id=m.article_id AND v.version=t.version
WHERE e.deal_id=:id ORDER BY e.field, e.chosen DESC, a.published, e.deal_mention_id

-- name: spans
SELECT n.deal_mention_id, n.field, n.char_start, n.char_end FROM deal_mention_span n
WHERE n.deal_mention_id IN (SELECT deal_mention_id FROM deal_evidence WHERE deal_id=:id)
ORDER BY n.deal_mention_id, n.char_start

-- name: told_parties
SELECT p.deal_mention_id, p.position, p.role, p.name FROM deal_mention_party p
WHERE p.deal_mention_id IN (SELECT deal_mention_id FROM deal_evidence WHERE deal_id=:id) ORDER BY p.deal_mention_id, p.position

-- name: sentences
SELECT deal, sentence, source, article_title AS article, published, url, char_start, char_end, tagger || ' ' || extractor AS extractor
FROM deal_proof WHERE deal_id IN (SELECT value FROM json_each(:ids)) ORDER BY deal_id, published, article_id, char_start

-- name: statuses
SELECT t.date, t.status, t.denied, s.name AS source, a.canonical_url AS url
FROM deal_status t JOIN deal_mention m ON m.id=t.deal_mention_id JOIN article a ON a.id=m.article_id JOIN source s ON s.id=a.source_id
WHERE t.deal_id=:id ORDER BY t.position

-- name: decisions_on
SELECT id, kind, field, value, who, why, made_at FROM live_decision WHERE a IN (SELECT value FROM json_each(:ids)) ORDER BY id

-- name: all_names
SELECT n.name, n.public_id, n.stands_for FROM name n JOIN entity e ON e.id=n.entity_id WHERE e.articles>0

-- name: contexts
SELECT s.name AS source, a.published, a.title, coalesce(v.text, a.text) AS text, n.char_start, n.char_end
FROM entity e JOIN appearance p ON p.entity_id=e.id JOIN article a ON a.id=p.article_id JOIN source s ON s.id=a.source_id
JOIN extraction x ON x.id=p.extraction_id LEFT JOIN article_version v ON v.article_id=a.id AND v.version=x.version
JOIN mention n ON n.id=(SELECT max(id) FROM mention WHERE appearance_id=p.id)
WHERE e.id=:id OR e.merged_into=:id ORDER BY a.published DESC, a.id DESC LIMIT :limit

-- name: search
SELECT a.id AS article, a.published, s.name AS source, a.title, snippet(article_fts, 1, '«', '»', '…', 14) AS context, a.canonical_url AS url,
  (SELECT group_concat(DISTINCT 'D' || coalesce(d.merged_into, d.id)) FROM deal_mention m JOIN deal d ON d.id=m.deal_id WHERE m.article_id=a.id) AS deals
FROM article_fts JOIN article a ON a.id=article_fts.rowid JOIN source s ON s.id=a.source_id
WHERE article_fts MATCH :words ORDER BY bm25(article_fts, 5.0, 1.0) LIMIT :limit

-- name: organisations
SELECT o.public_id, o.name, o.kind, o.legal_form, o.place, o.province, o.region, o.articles, o.first_seen, o.last_seen,
  (SELECT group_concat(alias, '; ') FROM (SELECT a.alias FROM entity e JOIN entity_alias a ON a.entity_id=e.id AND a.seen>0
    WHERE (e.id=o.entity_id OR e.merged_into=o.entity_id) AND a.alias<>o.name ORDER BY a.seen DESC LIMIT 8)) AS aliases
FROM organisation o
WHERE (:entities IS NULL OR o.entity_id IN (SELECT value FROM json_each(:entities)))
  AND (:region IS NULL OR o.region=:region) AND (:province IS NULL OR o.province=:province)
ORDER BY o.articles DESC, o.name LIMIT :limit

-- name: people
SELECT p.public_id, p.name, f.title AS office, o.name AS organisation, f.first_seen, f.last_seen, p.articles
FROM person p LEFT JOIN office f ON f.person_id=p.entity_id LEFT JOIN entity o ON o.id=f.organisation_id
WHERE (:entities IS NULL OR p.entity_id IN (SELECT value FROM json_each(:entities)))
  AND (:organisations IS NULL OR f.organisation_id IN (SELECT value FROM json_each(:organisations)))
ORDER BY p.articles DESC, p.name, f.last_seen DESC LIMIT :limit

-- name: entities_like
SELECT DISTINCT entity_id AS id FROM name WHERE name LIKE '%' || :name || '%' ESCAPE '\' LIMIT 500

-- name: status
SELECT (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM article WHERE copy_of IS NOT NULL) AS copies,
  (SELECT count(*) FROM deal WHERE live=1) AS deals, (SELECT count(*) FROM deal WHERE review='rejected') AS rejected,
  (SELECT count(*) FROM organisation) AS organisations, (SELECT count(*) FROM person) AS people,
  (SELECT count(*) FROM source) AS sources,
  (SELECT count(*) FROM article a WHERE NOT EXISTS(SELECT 1 FROM extraction x WHERE x.article_id=a.id AND x.counts=1)) AS unread,
  (SELECT count(*) FROM dead_letter WHERE resolved_at IS NULL) AS dead_letters,
  (SELECT count(*) FROM issue WHERE resolved_at IS NULL) AS issues,
  (SELECT count(*) FROM live_decision) AS decisions,
  (SELECT max(published) FROM article) AS newest_article
