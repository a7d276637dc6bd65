/// Words that passwords are often made of, in French and in English, without accents. Written by hand: what people are told to avoid,
/// first names of every generation, animals, seasons, months, places and clubs.
enum CommonWords {
    static let folded: [[UInt32]] = text.split(whereSeparator: \.isWhitespace).map { Letters.folded(String($0)) }

    private static let text = """
        motdepasse passe password passw0rd secret bonjour bonsoir salut coucou merci bienvenue welcome hello connexion login admin
        administrateur administrator root user utilisateur agent accueil bureau travail test essai demo default changeme changemoi
        azerty qwerty letmein iloveyou jetaime amour love loulou doudou chouchou cheri cherie princesse princess bebe maman papa mamie
        papi famille family enfant soleil sunshine lune etoile star ciel mer ocean montagne fleur rose violette chocolat chocolate
        cafe fromage pomme cerise banane orange citron maison jardin voiture moto velo chat chien cheval lapin tigre lion dragon
        dauphin oiseau papillon monkey printemps summer winter autumn spring hiver automne janvier fevrier mars avril juin juillet
        aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche noel vacances
        football rugby tennis baseball superman batman pokemon starwars nintendo ordinateur computer internet google facebook apple
        samsung microsoft windows france paris marseille lyon bordeaux toulouse nantes rennes lille strasbourg bayonne bretagne
        europe olympique champion master shadow trustno freedom liberte egalite fraternite republique
        jean marie pierre michel nicolas thomas julien alexandre camille sophie julie celine laura lea emma manon chloe lucas hugo
        louis gabriel raphael arthur martin bernard dupont durand robert richard daniel charlie jordan
        social solidarite departement mairie ville commune conseil service
        """
}
