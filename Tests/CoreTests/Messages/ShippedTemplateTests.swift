import Testing

@testable import Core

@Suite("The templates that come with the product")
struct ShippedTemplateTests {
    @Test("are there for each purpose and channel, and each says its day, its hour and whom to call")
    func whole() throws {
        #expect(Template.shipped.count == Template.Purpose.allCases.count * Template.Channel.allCases.count)
        for template in Template.shipped {
            let used = try TemplateText(template.version.body).variables
            #expect(used.isSuperset(of: [.number, .house, .person]), "\(template.scope)")
            // A place says both.
            #expect(used.isSuperset(of: template.scope.purpose == .earlierSlot ? [.sooner] : [.date, .hour]), "\(template.scope)")
            #expect(template.version.subject.isEmpty == !template.scope.channel.hasSubject)
        }
    }

    @Test("are easy to read", arguments: Template.shipped.map(\.scope))
    func readability(scope: Template.Scope) throws {
        let template = Template.shipped(scope.purpose, scope.channel)
        for values in [[TemplateVariable: String].usual(for: scope.purpose), .fullest] {
            let look = try #require(
                TemplateLook(subject: template.version.subject, body: template.version.body, for: scope, filling: values))
            let readability = try #require(Readability(look.text))
            #expect(readability.isEasy, "\(scope.purpose) \(scope.channel): \(readability.score) \(look.text)")
            #expect(readability.longest <= Readability.longSentence, "\(readability.longestSentence)")
            #expect(readability.hardWords.isEmpty, "\(readability.hardWords)")
        }
    }

    @Test("a usual SMS is one, and none is ever more than three", arguments: Template.Purpose.allCases)
    func parts(purpose: Template.Purpose) throws {
        let template = Template.shipped(purpose, .sms)
        let look = try #require(TemplateLook(subject: "", body: template.version.body, for: template.scope))
        #expect(look.sms?.encoding == .gsm7 && look.sms?.parts.count == 1, "\(look.sms?.units ?? 0): \(look.text)")
        #expect(look.mostParts <= 3)
    }

    /// The name of the product is a word of SMS: « lien ».
    @Test("name neither the product nor anything that a neighbour should not read, and call nobody *usager*")
    func nothingRevealing() {
        for template in Template.shipped {
            let text = template.version.subject + "\n" + template.version.body
            #expect(Revealing().found(in: text) == nil)
            #expect(!Folding.words(of: text).contains { ["lien", "usager", "falc", "motif", "service"].contains($0) })
        }
    }

    /// Messages stay pinned to it: to change a text is to make another version. When this fails, the texts changed: note the new number.
    @Test("each has an identity made of its words")
    func identities() {
        let ids = Template.shipped.map(\.version.id)
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.description.split(separator: "-")[2].hasPrefix("8") })
        #expect(ids == Template.shipped.map { Template.shipped($0.scope.purpose, $0.scope.channel).version.id })
    }
}
