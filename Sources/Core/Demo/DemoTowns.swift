/// The towns of the demo: where its organizations are, and where its people live when no commune was imported.
enum DemoTowns {
    /// INSEE code, name, postal code, inhabitants (rounded), latitude, longitude.
    static let all: [Commune] = [
        town("64430", "Orthez", "64300", 10_700, 43.49, -0.78),
        town("64445", "Pau", "64000", 77_100, 43.32, -0.35),
        town("64102", "Bayonne", "64100", 52_700, 43.49, -1.47),
        town("64422", "Oloron-Sainte-Marie", "64400", 10_600, 43.16, -0.59),
        town("64410", "Mourenx", "64150", 5_800, 43.37, -0.62),
        town("64483", "Saint-Jean-de-Luz", "64500", 14_600, 43.39, -1.63),
        town("64122", "Biarritz", "64200", 25_800, 43.47, -1.55),
        town("64024", "Anglet", "64600", 41_200, 43.49, -1.52),
        town("64260", "Hendaye", "64700", 17_800, 43.37, -1.77),
        town("64348", "Lons", "64140", 13_900, 43.32, -0.40),
        town("64129", "Billère", "64140", 13_900, 43.30, -0.39),
        town("64335", "Lescar", "64230", 9_500, 43.34, -0.43),
        town("64284", "Jurançon", "64110", 7_100, 43.27, -0.41),
        town("64499", "Salies-de-Béarn", "64270", 4_500, 43.47, -0.92),
        town("64513", "Sauveterre-de-Béarn", "64390", 1_400, 43.41, -0.93),
        town("64371", "Mauléon-Licharre", "64130", 3_000, 43.22, -0.88),
        town("64493", "Saint-Palais", "64120", 2_100, 43.32, -1.04),
        town("64256", "Hasparren", "64240", 7_600, 43.40, -1.33),
        town("64160", "Cambo-les-Bains", "64250", 6_700, 43.36, -1.39),
        town("64547", "Ustaritz", "64480", 7_500, 43.40, -1.48),
        town("64417", "Nay", "64800", 3_200, 43.18, -0.26),
        town("64453", "Pontacq", "64530", 2_900, 43.20, -0.10),
        town("64405", "Morlaàs", "64160", 4_400, 43.34, -0.27),
        town("64233", "Garlin", "64330", 1_300, 43.56, -0.27),
        town("64062", "Arudy", "64260", 2_200, 43.10, -0.47),
    ]

    private static func town(
        _ insee: String, _ name: String, _ postalCode: String, _ population: Int, _ latitude: Double, _ longitude: Double
    ) -> Commune {
        Commune(
            insee: insee, name: name, departement: Demo.departement, postalCodes: [postalCode], population: population, latitude: latitude,
            longitude: longitude)
    }
}
