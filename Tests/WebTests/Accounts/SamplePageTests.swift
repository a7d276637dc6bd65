import Core
import Foundation
import Testing

@testable import Web

@Suite("The pages of accounts and settings")
struct SamplePageTests {
    static let pages: [any Page] = [
        SignInPage.sample, NewPasswordPage.sample, AccountPage.sample, SetUpPage.sample, SetUpListPage.sample, SetUpFormPage.sample,
        TerritoryPage.sample, AgentListPage.sample, AgentPage.sample, NewAgentPage.sample, MembersPage.sample, MemberPage.sample,
        TemplatesPage.sample, TemplatePage.sample, TemplateVersionsPage.sample, SteeringPage.sample, OwnFiguresPage.sample,
        PublicFiguresPage.sample, CampaignFormPage.sample, CampaignRulePage.sample, RightsPage.sample, TeamsPage.sample, TeamPage.sample,
        PersonFieldsPage.sample, ArchivingPage.sample, StoryPage.sample, FindRelativePage.sample,
        RelativePage.sample, ProtectionPage.sample, AccessPage.sample, PersonPage.sample, EditPersonPage.sample,
    ]

    @Test("have one title, unique ids, a label for each field, and nothing inline", arguments: pages.indices)
    func structure(_ index: Int) throws {
        let page = Self.pages[index]
        let html = Layout(page: page, frame: Gallery.frame, nonce: "n", notice: nil, assets: try Assets()).html.text
        #expect(html.matches(of: /<h1>/).count == 1)
        let ids = html.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count, "\(page.title): \(Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys)")
        let targets = html.matches(of: /\ (?:for|aria-labelledby)="([^"]+)"/).map { String($0.1) }
        for target in targets { #expect(ids.contains(target), "\(target)") }
        let fields = html.matches(of: /<(?:input|select|textarea)([^>]*)>/).map { String($0.1) }.filter { !$0.contains(#"type="hidden""#) }
        for field in fields {
            let id = try #require(field.firstMatch(of: /\ id="([^"]+)"/)?.1)
            #expect(targets.contains(String(id)), "\(page.title): no label for \(id)")
        }
        #expect(!html.contains(" style=") && !html.contains(" onclick"))
        #expect(!html.contains("'") || !html.contains("l'"), "a straight apostrophe")
    }

    @Test("the table of rights says all that the table of rights says")
    func rights() {
        let html = RightsPage.sample.html.text
        for permission in Permission.allCases { #expect(html.contains(HTML("\(Format.capitalized(permission.label))").text)) }
        let cells = Rights.ofRole.values.reduce(0) { $0 + $1.count } + Rights.ofTerritoryRole.values.reduce(0) { $0 + $1.count }
        #expect(html.components(separatedBy: ">oui<").count - 1 == cells)
    }
}

extension HTML {
    fileprivate init(_ html: HTML) { self = html }
}
