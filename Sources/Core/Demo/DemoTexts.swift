/// What people of the demo need, say and have written about them.
enum DemoTexts {
    static let streets = [
        "rue du Moulin", "avenue des Pyrénées", "chemin de la Fontaine", "rue des Écoles", "place de la Mairie", "allée des Platanes",
        "rue du Gave", "chemin Etxe Xuri", "route de Dax", "rue de la Gare", "impasse des Tilleuls", "cité des Fleurs", "rue Saint-Pierre",
        "quartier Haut", "chemin du Roy", "résidence du Parc", "rue de l’Adour", "avenue de la Plage", "rue du Fronton",
        "lotissement Larre",
    ]

    static let needs = [
        "parler fort", "fauteuil roulant", "lire les courriers avec elle", "venir accompagné", "ascenseur", "écrire gros",
        "rappeler la veille", "pas avant 10 h", "malentendant : préférer le SMS", "fatigue vite : rendez-vous courts", "chien guide",
    ]

    static let said = [
        "Facture d’électricité impayée, coupure annoncée.", "Ne comprend pas le courrier de la CAF.", "Demande une aide pour le loyer.",
        "Vient de perdre son emploi.", "Séparation récente, deux enfants.", "Veut savoir où en est son dossier.",
        "Rappeler plutôt après 16 h.", "Viendra avec sa sœur.", "N’a plus de voiture, vient en car.", "Bébé de trois semaines.",
        "Question sur le mode de garde.", "Aimerait changer de logement.", "Retour d’hospitalisation prévu la semaine prochaine.",
        "Son fils l’aide pour les papiers.", "Doit renouveler son titre de séjour.", "A reçu une convocation, inquiète.",
    ]

    static let cancelledByPerson = [
        "Malade.", "N’a pas de moyen de transport.", "A trouvé un emploi, travaille ce jour-là.", "Enfant malade.",
        "Préfère un autre jour.",
        "N’en a plus besoin.", "",
    ]

    static let cancelledByService = ["Agent absent.", "Réunion imprévue.", "Site fermé : panne de chauffage.", "Formation avancée."]
    static let notProvided = ["Agent en arrêt.", "Appel non passé.", "Salle indisponible."]

    static let notes = [
        "Situation reprise ensemble, dossier à compléter avec les trois dernières quittances.",
        "Orientée vers la mission locale ; accord pour un premier contact.",
        "Demande de FSL déposée. Revoir dans un mois.", "Le plan d’aide convient ; revoir l’évaluation à six mois.",
        "Pesée et vaccinations à jour. Conseils sur le sommeil.", "Contrat d’engagement signé, prochain point dans trois mois.",
        "N’ouvre plus son courrier : proposer un accompagnement numérique.", "Relais pris avec l’assistante sociale de l’hôpital.",
        "Aide alimentaire demandée pour deux mois.", "Bail signé, entrée dans les lieux le mois prochain.",
    ]

    static let moved = ["À la demande de la personne.", "L’agent avait un empêchement.", "Pour un horaire de car.", ""]
}
