-- titolo: Chi è l'amministratore delegato di un'organizzazione secondo la stampa, e da quando?
-- title: Who is an organisation's chief executive according to the press, and since when?
-- org = Kamaz: any of its names, or its identifier (O1)
-- office = amministrator% delegat%: the office, % for any letters; short forms of chief executive are found with it
SELECT p.name AS person, o.title AS office, o.first_seen, o.last_seen, o.articles
FROM office o JOIN entity p ON p.id=o.person_id
WHERE o.organisation_id IN (SELECT entity_id FROM name WHERE name=:org COLLATE NOCASE
    UNION SELECT coalesce(merged_into, id) FROM entity WHERE id=cast(substr(:org, 2) AS INTEGER) AND public_id=:org)
  AND (o.title LIKE :office OR (:office='amministrator% delegat%'
    AND o.title IN('ad','a.d.','ceo','chief executive officer','amministratrice delegata','amministratore unico')))
ORDER BY o.last_seen DESC, o.articles DESC
