-- titolo: Tutto quello che è successo a un'organizzazione (cronologia), compresi i suoi alias
-- title: Everything that happened to an organisation (timeline), aliases included
-- org = Kamaz: any of its names, or its identifier (O1)
SELECT day, date, role, type, status, title, amount_eur, deal
FROM timeline
WHERE entity_id IN (SELECT entity_id FROM name WHERE name=:org COLLATE NOCASE
    UNION SELECT coalesce(merged_into, id) FROM entity WHERE id=cast(substr(:org, 2) AS INTEGER) AND public_id=:org)
ORDER BY day, deal
