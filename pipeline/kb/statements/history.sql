-- name: extractors
SELECT e.id, e.pipeline, e.tagger, e.version, e.first_used_at,
  (SELECT count(*) FROM extraction x WHERE x.extractor_id=e.id) AS articles,
  (SELECT count(*) FROM extraction x WHERE x.extractor_id=e.id AND x.counts=1) AS counting
FROM extractor e ORDER BY e.id

-- name: both_read
SELECT o.article_id, o.id AS old, n.id AS new, a.canonical_url AS url, a.title
FROM extraction o JOIN extraction n ON n.article_id=o.article_id AND n.version=o.version AND n.extractor_id=:new
JOIN article a ON a.id=o.article_id
WHERE o.extractor_id=:old AND o.record_hash<>n.record_hash ORDER BY o.article_id

-- name: both_read_count
SELECT count(*) AS articles
FROM extraction o JOIN extraction n ON n.article_id=o.article_id AND n.version=o.version AND n.extractor_id=:new WHERE o.extractor_id=:old

-- name: decided
SELECT 'D' || d.id AS deal, r.review FROM deal r JOIN deal d ON d.id=r.id OR d.merged_into=r.id WHERE r.review<>'none'

-- name: names_in
SELECT kind, name FROM appearance WHERE extraction_id=:extraction_id

-- name: anchors_of_article
SELECT a.deal_id, coalesce(d.merged_into, d.id) AS root, d.review FROM deal_anchor a JOIN deal d ON d.id=a.deal_id WHERE a.article_id=:article_id

-- name: waiting
SELECT x.id, x.article_id FROM extraction x JOIN article a ON a.id=x.article_id AND a.version=x.version
WHERE x.extractor_id=:extractor_id AND x.counts=0 ORDER BY x.id
