/// Names as people write what they heard.
enum FrenchNames {
    /// Two ways to write one name: typing either finds the other.
    static let alike: [(String, String)] = [
        ("Lefèbvre", "Lefevre"), ("Lefevre", "le febvre"), ("Lefèbvre", "Le Fèvre"), ("Dupont", "Dupond"), ("Dupont", "Dupon"),
        ("Durand", "Durant"), ("Durand", "Duran"), ("Arnaud", "Arnault"), ("Arnaud", "Arnaut"), ("Thibault", "Thibaud"),
        ("Thibaut", "Tibaud"), ("Renaud", "Reynaud"), ("Raynaud", "Reno"), ("Moreau", "Morot"), ("Moreau", "Maurau"),
        ("Gauthier", "Gautier"), ("Gaultier", "Gauthier"), ("Chevallier", "Chevalier"), ("Mathieu", "Matthieu"),
        ("Philippe", "Phillipe"), ("Philippe", "Filip"), ("Etcheverry", "Etxeverri"), ("Etcheverry", "Echeverri"),
        ("Goyhenèche", "Goyenetche"), ("Jacques", "Jaques"), ("Jacques", "Jack"), ("Leclerc", "Leclercq"),
        ("Leclerc", "Le Clerc"), ("Lecoq", "Lecocq"), ("Le Coq", "Lecocq"), ("Saint-Martin", "St Martin"),
        ("Sainte-Marie", "Ste Marie"), ("D’Arcangues", "Darcangues"), ("Legendre", "Le Gendre"), ("Leroux", "Le Roux"),
        ("Giroux", "Girou"), ("Dubois", "Du Boit"), ("Guérin", "Gueirin"), ("Gérard", "Jérard"), ("Georges", "Jorge"),
        ("Jean", "Gean"), ("François", "Fransois"), ("Gonçalves", "Gonsalves"), ("Schmitt", "Schmidt"), ("Meyer", "Maier"),
        ("Meyer", "Mayer"), ("Weber", "Veber"), ("Wagner", "Vagner"), ("Perez", "Pérès"), ("Boulanger", "Boulangé"),
        ("Roger", "Rogé"), ("Bernier", "Bernié"), ("Christophe", "Kristof"), ("Thierry", "Tierri"), ("Catherine", "Katerine"),
        ("Frédéric", "Frédérique"), ("Daniel", "Danielle"), ("Michèle", "Michel"), ("Cyrille", "Ciril"), ("Lambert", "Lamberd"),
        ("Fontaine", "Fonteyne"), ("Rousseau", "Roussot"), ("Morin", "Maurin"), ("Da Silva", "Dasylva"), ("Lecœur", "Lequeur"),
        ("Yvon", "Ivon"), ("Rémi", "Rémy"), ("Cazaux", "Casau"), ("Hébert", "Ebert"), ("Benoît", "Benoist"),
        ("Jean-Marie", "Jeanmarie"), ("Saint-Pierre", "Saintpierre"), ("Aït Ali", "Aitaly"),
    ]

    /// Names of different people: typing either never finds the other.
    static let apart: [(String, String)] = [
        ("Martin", "Morton"), ("Dupont", "Dupin"), ("Lambert", "Lombard"), ("Michel", "Mikel"), ("Durand", "Dumont"),
        ("Robert", "Rambert"), ("Petit", "Poteau"), ("Moreau", "Mareau"), ("Girard", "Gérard"), ("Leroux", "Leroy"),
        ("Blanchard", "Planchard"), ("Faure", "Favre"), ("Fabre", "Favre"), ("Rousseau", "Roussel"), ("Muller", "Miller"),
        ("Mercier", "Merlier"), ("Chevalier", "Cavalier"), ("Masson", "Mathon"), ("Marchand", "Marchal"), ("Dufour", "Dufau"),
        ("Brunet", "Brunel"), ("Lucas", "Lukács"), ("Henry", "Harry"), ("Noël", "Naël"), ("Perrin", "Perron"), ("Morel", "Morin"),
        ("Clément", "Calmant"), ("Gauthier", "Gontier"), ("Dumas", "Dumay"), ("Bonnet", "Binet"), ("Simon", "Samson"),
        ("Lemaire", "Lemoine"), ("Colin", "Collon"), ("Caron", "Carin"), ("Renard", "Renaud"), ("Barbier", "Barbeau"),
        ("Arnaud", "Armand"), ("Aubert", "Albert"), ("Guérin", "Gérin"), ("Bastien", "Bastian"), ("Laurent", "Laurence"),
        ("Bertrand", "Bernard"), ("Olivier", "Olive"), ("Hubert", "Robert"), ("Thomas", "Thamos"), ("Nicolas", "Mickaël"),
        ("Julien", "Juliette"), ("Pascal", "Patrick"), ("Delmas", "Dalmas"), ("Lacoste", "Lacaste"), ("Etcheverry", "Etchegaray"),
        ("Etchebarne", "Etcheverry"), ("Larralde", "Larrieu"), ("Casenave", "Cazalet"), ("Bordenave", "Bordeneuve"),
        ("Lafitte", "Laffont"), ("Benali", "Benaïssa"), ("Diallo", "Diarra"), ("Kovalenko", "Kovaltchouk"), ("Marc", "Marre"),
    ]
}
