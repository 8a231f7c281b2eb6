-- titolo: Quante operazioni per tipo e trimestre, con il valore totale (per un grafico)
-- title: How many deals per type and quarter, with total value (for a chart)
-- since = 2000-01-01: first day
SELECT substr(day, 1, 4) || '-T' || ((cast(substr(day, 6, 2) AS INTEGER) + 2) / 3) AS quarter, type, count(*) AS deals, sum(amount_eur)/100.0 AS amount_eur
FROM deal INDEXED BY deal_live_type
WHERE live=1 AND day>=:since
GROUP BY quarter, type
ORDER BY quarter, type
