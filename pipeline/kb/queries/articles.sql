-- titolo: Cerca parole negli articoli e dammi solo quelli con un'operazione
-- title: Search articles for words and keep only those with a deal
-- words = idrogeno: full-text query
SELECT a.id AS article, a.title, a.published, snippet(article_fts, 1, '«', '»', '…', 12) AS context, a.canonical_url AS url,
  (SELECT group_concat(DISTINCT 'D' || m.deal_id) FROM deal_mention m WHERE m.article_id=a.id AND m.deal_id IS NOT NULL) AS deals
FROM article_fts JOIN article a ON a.id=article_fts.rowid
WHERE article_fts MATCH :words AND article_fts.rowid IN (
  SELECT f.rowid FROM article_fts f
  WHERE article_fts MATCH :words AND (SELECT copy_of FROM article WHERE id=f.rowid) IS NULL
    AND EXISTS(SELECT 1 FROM deal_mention m JOIN deal d ON d.id=m.deal_id WHERE m.article_id=f.rowid AND d.review<>'rejected')
  ORDER BY bm25(article_fts, 5.0, 1.0) LIMIT 20)
ORDER BY bm25(article_fts, 5.0, 1.0)
