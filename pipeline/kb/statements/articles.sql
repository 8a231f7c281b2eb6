-- name: insert_source
INSERT INTO source(slug, name) VALUES(:slug, :name) ON CONFLICT(slug) DO NOTHING

-- name: source_id
SELECT id FROM source WHERE slug=:slug

-- name: article_by_url
SELECT id, version, text_hash, published, title, body, copy_of FROM article WHERE canonical_url=:url

-- name: insert_article
INSERT INTO article(source_id, canonical_url, url, title, body, authors, published, published_from, published_trust, modified, language,
  section, paywalled, body_from, archive_key, text_hash, run_id, saved_at)
VALUES(:source_id, :canonical_url, :url, :title, :body, :authors, :published, :published_from, :published_trust, :modified, :language,
  :section, :paywalled, :body_from, :archive_key, :text_hash, :run_id, :saved_at)

-- name: keep_version
INSERT INTO article_version(article_id, version, title, body, published, text_hash, replaced_at)
SELECT id, version, title, body, published, text_hash, :now FROM article WHERE id=:id

-- name: replace_article
UPDATE article SET title=:title, body=:body, authors=:authors, published=:published, published_from=:published_from,
  published_trust=:published_trust, modified=:modified, language=:language, section=:section, paywalled=:paywalled, body_from=:body_from,
  archive_key=:archive_key, text_hash=:text_hash, version=version+1
WHERE id=:id

-- name: article_with_text
SELECT coalesce(copy_of, id) AS id FROM article WHERE text_hash=:text_hash AND id<>:id ORDER BY id LIMIT 1

-- name: set_copy_of
UPDATE article SET copy_of=:copy_of WHERE id=:id AND copy_of IS NOT :copy_of

-- name: originals_like
SELECT f.article_id AS id, f.fingerprint FROM (
  SELECT article_id, count(*) AS met FROM article_band
  WHERE band IN (SELECT value FROM json_each(:bands)) AND article_id<>:id
    AND article_id>(SELECT max(article_id) FROM article_fingerprint)-:recent
  GROUP BY article_id ORDER BY met DESC, article_id LIMIT 50) b
JOIN article_fingerprint f ON f.article_id=b.article_id ORDER BY f.article_id

-- name: fingerprints
SELECT article_id, fingerprint FROM article_fingerprint

-- name: forget_fingerprint
DELETE FROM article_fingerprint WHERE article_id=:id

-- name: forget_old_fingerprints
DELETE FROM article_fingerprint WHERE article_id<=:id AND (SELECT min(article_id) FROM article_fingerprint)<=:id-:overdue

-- name: insert_fingerprint
INSERT INTO article_fingerprint(article_id, fingerprint) VALUES(:id, :fingerprint)

-- name: insert_band
INSERT INTO article_band(band, article_id) VALUES(:band, :article_id) ON CONFLICT DO NOTHING

-- name: article_text
SELECT a.id, a.version, a.title, a.text, a.canonical_url, a.published, a.published_from, a.published_trust, a.saved_at, s.slug AS source
FROM article a JOIN source s ON s.id=a.source_id WHERE a.id=:id

-- name: unread_article_ids
SELECT a.id FROM article a
WHERE NOT EXISTS(SELECT 1 FROM extraction x WHERE x.article_id=a.id AND x.version=a.version AND x.counts=1)
AND a.id>:after ORDER BY a.id LIMIT :limit

-- name: article_ids_without_extraction
SELECT a.id FROM article a
WHERE NOT EXISTS(SELECT 1 FROM extraction x JOIN extractor e ON e.id=x.extractor_id
  WHERE x.article_id=a.id AND x.version=a.version AND e.pipeline=:pipeline AND e.tagger=:tagger AND e.version=:version)
AND a.id>:after ORDER BY a.id LIMIT :limit
