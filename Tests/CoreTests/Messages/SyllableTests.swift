import Foundation
import Testing

@testable import Core

@Suite("Syllables are counted as one says them")
struct SyllableTests {
    /// The word, then how many, counted by ear as one would say it slowly; the last `e` is not said.
    private static let words = """
        le 1 les 1 des 1 de 1 que 1 qui 1 quoi 1 quel 1 lequel 2 ce 1 ces 1 je 1 vous 1 nous 1 et 1 à 1 où 1 un 1 une 1 au 1 aux 1 du 1
        bonjour 2 madame 2 monsieur 2 merci 2 bien 1 rien 1 bientôt 2 beaucoup 2 toujours 2 jamais 2 souvent 2 encore 2 après 2 avant 2
        rendez 2 jour 1 jours 1 heure 1 heures 1 semaine 2 mois 1 année 2 années 2 journée 2 soirée 2 matin 2 midi 2 lundi 2 mardi 2
        mercredi 3 jeudi 2 vendredi 3 samedi 3 dimanche 2 janvier 2 février 3 mars 1 avril 2 mai 1 juin 1 juillet 2 août 1 septembre 2
        octobre 2 novembre 2 décembre 2 rue 1 avenue 3 place 1 ville 1 mairie 2 maison 2 bureau 2 bureaux 2 étage 2 porte 1 accueil 2
        adresse 2 numéro 3 téléphone 3 appel 2 appeler 3 appelez 3 rappeler 3 répondre 2 venir 2 venez 2 viendrez 2 viennent 1 peuvent 1
        doivent 1 donnent 1 étaient 2 avaient 2 voient 1 reçoivent 2 aiment 1 moment 2 document 3 vraiment 2 paiement 2 remerciement 4
        client 2 patient 2 agent 2 parent 2 argent 2 urgent 2 cent 1 absent 2 différent 3 vient 1 tient 1 devient 2 raconte 2 racontent 2
        partagent 2 papier 2 papiers 2 dernier 2 premier 2 quartier 2 courrier 2 ouvrier 3 calendrier 4 oublier 3 oubliez 3 plier 2 crier 2
        prière 2 quatrième 3 bibliothèque 4 propriétaire 4 action 2 question 2 réunion 3 information 4 situation 3 million 2 social 2
        familial 3 spécial 2 étudiant 3 confiance 2 viande 1 science 1 expérience 3 dialogue 2 société 3 variété 3 théâtre 2 idéal 3
        océan 3 créer 2 européen 4 européenne 4 obéir 3 réinsertion 4 naïf 2 maïs 2 coïncider 4 poème 2 poésie 3 cohérent 3 aéroport 4
        extraordinaire 5 coopération 5 chaos 2 pays 2 paysage 3 payer 2 payé 2 moyen 2 moyenne 2 voyage 2 foyer 2 loyer 2 citoyen 3
        employeur 3 essayer 3 yeux 1 hygiène 2 cycle 1 psychologue 3 dynamique 3 feuille 1 fauteuil 2 travail 2 travailler 3 famille 2
        fille 1 billet 2 bouteille 2 conseiller 3 vieille 1 œil 1 cœur 1 sœur 1 recueillir 3 grenouille 2 vie 1 joie 1 monnaie 2
        maladie 3 banlieue 2 bienvenue 3 roue 1 lieu 1 mieux 1 plusieurs 2 supérieur 3 oui 1 ouest 1 nuit 1 huit 1 depuis 2 suivi 2 bruit 1
        pluie 1 cruel 2 actuel 2 habituel 3 guide 1 langue 1 longueur 2 guerre 1 quatre 1 aquatique 3 mangeons 2 pigeon 2 août 1 événement 4
        maintenant 3 solidarité 5 département 4 administration 5 aide 1 enfant 2 enfants 2 femme 1 homme 1 personne 2 euros 2 école 2
        prénom 2 naissance 2 carte 1 identité 4 facture 2 dossier 2 message 2 lettre 1 enveloppe 3 bleue 1 verte 1 rouge 1
        """

    private static let counted: [(String, Int)] = {
        let parts = words.split(whereSeparator: \.isWhitespace)
        return stride(from: 0, to: parts.count - 1, by: 2).map { (String(parts[$0]), Int(parts[$0 + 1]) ?? 0) }
    }()

    @Test("in a list of words counted by ear")
    func list() {
        #expect(Set(Self.counted.map(\.0)).count >= 250)
        for (word, syllables) in Self.counted { #expect(Syllables.count(word) == syllables, "\(word)") }
    }

    @Test("whatever the case, and the way in which accents are written")
    func cases() {
        for (word, syllables) in Self.counted {
            #expect(Syllables.count(word.uppercased()) == syllables, "\(word)")
            #expect(Syllables.count(word.decomposedStringWithCanonicalMapping) == syllables, "\(word)")
        }
    }

    @Test("a plural is said like the singular")
    func plurals() {
        for (word, syllables) in Self.counted where word.hasSuffix("e") && word.count > 3 {
            #expect(Syllables.count(word + "s") == syllables, "\(word)s")
        }
    }

    @Test("nothing that has letters has none, and nothing else has one", arguments: ["", "12", "-", "…", "’"])
    func none(text: String) { #expect(Syllables.count(text) == 0) }
}
