/// How easy a French text is to read: Kandel and Moles's formula (1958), which is Flesch's for French.
///
/// 207 − 1.015 × words a sentence − 73.6 × syllables a word. Figures, hours and addresses count among the words of a sentence, and not in
/// the mean of syllables: nobody reads them syllable by syllable. It measures, and does not judge: an easy text can still be wrong.
public struct Readability: Sendable, Equatable {
    /// Above 100 for very short words; may be negative.
    public let score: Double
    public let words: Int
    public let sentences: Int
    /// The words of the longest sentence, and the sentence.
    public let longest: Int
    public let longestSentence: String
    /// Words that have a plainer one, each once, in the order of the text.
    public let hardWords: [HardWord]

    public struct HardWord: Sendable, Equatable {
        /// As it is written.
        public let word: String
        public let suggestion: String
    }

    /// A text must reach it, unless someone who may says why not.
    public static let threshold = 70.0
    /// A sentence of more words is pointed at.
    public static let longSentence = 20

    /// - Returns: `nil` for a text without a word.
    public init?(_ text: String) {
        let read = Sentences(text).all
        let spoken = read.flatMap(\.words).compactMap { if case .word(let word) = $0 { word } else { nil } }
        guard let long = read.max(by: { $0.words.count < $1.words.count }), !spoken.isEmpty else { return nil }
        words = read.reduce(0) { $0 + $1.words.count }
        sentences = read.count
        (longest, longestSentence) = (long.words.count, long.text)
        let syllables = spoken.reduce(0) { $0 + Self.syllables($1) }
        score = Self.score(
            wordsPerSentence: Double(words) / Double(sentences), syllablesPerWord: Double(syllables) / Double(spoken.count))
        hardWords = PlainWords.found(in: read)
    }

    static func score(wordsPerSentence: Double, syllablesPerWord: Double) -> Double {
        207 - 1.015 * wordsPerSentence - 73.6 * syllablesPerWord
    }

    /// Each side of an apostrophe by itself: « l’accueil » is said ac-cueil.
    private static func syllables(_ word: String) -> Int {
        let parts = word.split(separator: "’")
        return parts.enumerated().reduce(0) { sum, part in
            // « qu’il », « d’avril »: what is elided is not said.
            let isElided = part.offset < parts.count - 1 && ["qu", "jusqu", "lorsqu", "puisqu"].contains(part.element.lowercased())
            return sum + Syllables.count(isElided ? String(part.element.dropLast(2)) : String(part.element))
        }
    }

    /// In tenths, as it is kept.
    public var tenths: Int { Int((score * 10).rounded(.down)) }
    public var isEasy: Bool { tenths >= Int(Self.threshold * 10) }
}
