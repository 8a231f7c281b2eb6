-- titolo: Quali fornitori hanno vinto commesse oltre una certa somma in un settore?
-- title: Which suppliers won orders above a sum in a sector?
-- words = aerospa* OR aeronaut* OR satellit*: what the deal's sentences speak of (full-text query)
-- min_eur = 10000000: euro
SELECT p.name AS supplier, sum(d.amount_eur)/100.0 AS total_eur, count(*) AS deals, group_concat(d.public_id, ' ') AS which
FROM deal_text_fts f JOIN deal d ON d.id=f.rowid JOIN deal_party p ON p.deal_id=d.id AND p.role='supplier'
WHERE deal_text_fts MATCH :words AND d.live=1 AND d.type IN('order','supply_agreement','public_tender') AND d.amount_eur>=:min_eur*100
GROUP BY coalesce(p.entity_id, p.name)
ORDER BY total_eur DESC
LIMIT 100
