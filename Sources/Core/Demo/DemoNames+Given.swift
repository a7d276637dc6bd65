extension DemoNames {
    static let basqueWomen = words(
        """
        Maddi Amaia Nahia Ainhoa Maite Miren Itziar Oihana Haizea Elaia Xana Goizargi Maialen Izar Leire Garazi Argitxu Terexa Graxi
        Kattalin Maider Joana Ekhiñe Uxue Lorea Ihintza Bixenta Panpili Maritxu Gaxuxa
        """)
    static let basqueMen = words(
        """
        Peio Beñat Xabi Mikel Eñaut Iban Ximun Patxi Antton Bixente Xan Jon Ander Oier Unai Gorka Manex Ramuntxo Battitt Allande Ellande
        Pettan Beñardo Iñaki Txomin Bittor Erramun Gexan Laurent Otsoa
        """)
    static let frenchWomen = words(
        """
        Marie Jeanne Odile Françoise Monique Sylvie Nathalie Isabelle Catherine Martine Véronique Sandrine Céline Aurélie Élodie Émilie
        Julie Camille Léa Chloé Manon Inès Louise Jade Alice Anaïs Pauline Mathilde Hélène Claire Solange Yvette Ginette Denise Paulette
        Colette Bernadette Mireille Josiane Danielle Nicole Brigitte Corinne Karine Delphine Mélanie Laetitia Sabrina Vanessa Ophélie
        """)
    static let frenchMen = words(
        """
        Jean Pierre Michel André Philippe Alain Bernard Jacques Daniel Gérard Christian Patrick Didier Thierry Pascal Éric Laurent
        Frédéric Stéphane David Sébastien Nicolas Julien Maxime Thomas Alexandre Lucas Hugo Théo Enzo Louis Gabriel Arthur Raymond René
        Roger Marcel Henri Fernand Gaston Lucien Georges Yves Claude Guy Serge Gilles Bruno Olivier Cédric Jérôme Mathieu Romain Quentin
        """)
    static let portugueseWomen = words("Inês Beatriz Conceição Graça Lurdes Fátima Rosária Leonor Matilde Catarina")
    static let portugueseMen = words("João Rui Nuno Tiago Joaquim Armando Vasco Duarte Henrique Álvaro")
    static let maghrebWomen = words(
        "Fatima Khadija Aïcha Nadia Samira Yasmina Leïla Soraya Houria Zohra Malika Nawel Imane Salma Rania Farida Djamila Ikram")
    static let maghrebMen = words(
        "Mohamed Ahmed Karim Rachid Youssef Mehdi Samir Abdel Nabil Hassan Omar Bilal Khaled Mourad Hicham Tarek Ayoub Ilyes")
    static let ukrainianWomen = words("Oksana Olena Iryna Natalia Daryna Kateryna Halyna Sofiia")
    static let ukrainianMen = words("Andriy Oleh Taras Bohdan Mykola Serhiy Dmytro Yurii")
    static let africanWomen = words("Aminata Fatou Mariama Awa Grâce Divine Esther Aïssatou Rokia Bintou Prisca Clarisse")
    static let africanMen = words("Mamadou Ibrahima Moussa Sékou Ousmane Abdoulaye Boubacar Christian Junior Emmanuel Désiré Koffi")
    static let turkishWomen = words("Ayşe Elif Zeynep Emine Fadime Esra")
    static let turkishMen = words("Mehmet Mustafa Emre Hasan Yusuf Serkan")
}
