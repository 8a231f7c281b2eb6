-- titolo: Com'è andata la corsa di stanotte? E quanto è completo il database?
-- title: How did last night's run go, and how complete is the base?
SELECT r.id AS run, r.kind, r.started_at, r.finished_at, r.status, r.exit_code, r.counts,
  (SELECT count(*) FROM article WHERE run_id=r.id) AS new_articles,
  (SELECT count(*) FROM dead_letter WHERE resolved_at IS NULL) AS dead_letters,
  (SELECT count(*) FROM issue WHERE resolved_at IS NULL) AS open_issues,
  (SELECT count(*) FROM article) - (SELECT count(*) FROM extraction x INDEXED BY extraction_counts WHERE x.counts=1) AS unread_articles
FROM run r
ORDER BY r.id DESC
LIMIT 1
