-- titolo: Le fonti si contraddicono? (importi diversi per la stessa operazione)
-- title: Do the sources contradict each other? (different values for the same deal)
-- field = amount: amount, stake, type, ...
SELECT d.public_id AS deal, d.title, e.field, group_concat(DISTINCT e.value) AS told, count(DISTINCT e.value) AS versions
FROM (SELECT * FROM deal INDEXED BY deal_live_disputed WHERE live=1 AND disputed>0 ORDER BY amount_eur DESC LIMIT 1000) d
JOIN deal_evidence e ON e.deal_id=d.id AND e.field=:field
GROUP BY d.id
HAVING versions>1
ORDER BY versions DESC, d.amount_eur DESC
LIMIT 100
