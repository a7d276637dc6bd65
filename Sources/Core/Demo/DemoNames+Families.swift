extension DemoNames {
    static let basqueBeginnings = words(
        """
        Etche Iri Mendi Hari Goye Arra Bide Elisa Urru Oyha Ihi Lara Sala Zubi Ibarr Uhar Ola Bor Ager Berho Iturr Harri Larr Uha Art Hau
        Istur Aldu Gara Inza Erre Osta Ahe Mina Sorho Belha Lohi Ordo Haitz Ithu
        """)
    static let basqueEndings = words(
        """
        garay berry goyen ondo barne zahar handy behere mendy borde alde gorria garat beltz saray teguy xuri lucea ader burua calde erria
        muno lepo bidart zelay goity xabal cabe begi ralde zuri
        """)
    static let bearnaisBeginnings = words(
        """
        Lac Cap Lab Lar Pou Cam Bor Las Mou Cas Bas Sar Pey Gar Cou Lou Tou Bar Dom Ner Sou Hour Pla Lam Mir Bel Cla Sal Fon Tar Auc Ver
        """)
    static let bearnaisEndings = words(
        """
        aute ère ous ède enave assou eyre ignac ouert aget acq orde eilh aboigt atère ouste ets aubère ibes arrère ousset egaray edaa ecq
        ombe oulat arieu abarthe
        """)
    static let frenchBeginnings = words(
        """
        Mar Cha Bel Per Des Rou Vau Fer Gui Bau Mon Cor Bri Ger Dor Lan Ther Mer Val Cler Fau Bos Gal Tri Ren Hum
        """)
    static let frenchEndings = words(
        """
        celin vel lier ron champs ville bert tier dois rand geon doux mont teau chard nel sier bonnet riot cault dry pré moulin tin quet
        """)
    static let portugueseFamilies = words(
        """
        Fontaleira Carvalheda Montelos Ribeirada Pinhalvo Serrazinha Valadeiro Oliveiral Casteleiro Moradinha Teixelos Faraldo Quintelas
        Rebordão Salgueda Vilarinhos Campelos Brandoeira Cerdeiral Nogueda
        """)
    static let maghrebRoots = words(
        """
        khaldoun zerrouk hamrane saïd mekki touil yazid cherif amghar slimane rachdi mansour haddi zaïd karroum tayeb ouazzan ghali mrabet
        sellam djebour talbi hachem nouri
        """)
    static let ukrainianRoots = words("Bondar Koval Tkatch Melny Sydor Lytvyn Havryl Petr Roman Zahar Marty Klym Step Prykhod Ivan")
    static let africanFamilies = words(
        """
        Diambou Koulibé Traoualé Ndongala Mbemba Sarrou Camaréba Okembé Balouki Fofalo Kanouté Sissimba Tchiloemba Makounda Ouédrala Baldeh
        Adjamé Kouassigan Essomé Nkoulou
        """)
    static let turkishRoots = words("Yıldız Kara Ak Boz Çelik Gök Altın Güneş Deniz Şahin")

    /// Words separated by spaces or line ends.
    static func words(_ text: String) -> [String] { text.split(whereSeparator: \.isWhitespace).map(String.init) }
}
