import Core
import HTTPTypes
import Scheduling
import Store

/// Who the token speaks for, and their tokens.
enum AccountAPI {
    private static let tokenName = Key("name", Kind.line(1...60), "À quoi sert le jeton.")
    private static let scopes = Key(
        "scopes", Kind<[TokenScope]>.list(TokenScope.kind, 1...8), "Ce que le jeton permet, domaine par domaine.")
    private static let days = Key("days", Kind.integer(1...366), "Combien de jours il dure : 30, 90 ou 365.")

    static let endpoints: [Endpoint] = [
        .read("/me", "Qui je suis et ce que je peux faire", answers: me) { $0.acting },
        .list("/tokens", "Mes jetons qui servent encore", of: token, tokens),
        .change(
            .post, "/tokens", "Crée un jeton : le secret n’est montré que là",
            body: Fields("NewToken", needs: [tokenName, scopes, days]), answers: newToken, status: .created, create),
        .change(.delete, "/tokens/{id}", "Révoque un jeton", revoke),
    ]

    private static let member = Shape<(ID<Organization>, Set<Role>)>(
        "MyMembership",
        [
            Common.organization.of(\.0),
            Key("roles", Kind<[Role]>.list(Role.kind)).of { one in Role.allCases.filter(one.1.contains) },
        ])

    private static let me = Shape<Acting>(
        "Me",
        [
            Key<ID<Agent>>("id").of(\.agent.id), Key("name", .line(0...300)).of(\.agent.name),
            Key("email", Kind<String?>.nullable(.line(0...254))).of(\.agent.email),
            Key("memberships", .list(member.kind)).of { me in me.roles.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } },
            Key("territory_roles", Kind<[TerritoryRole]>.list(TerritoryRole.kind)).of { me in
                TerritoryRole.allCases.filter(me.territoryRoles.contains)
            },
            Key("services", Kind<[ID<Service>]>.list(ID.kind)).of { $0.services.sorted() },
            Key("permissions", Kind<[Permission]>.list(Permission.kind), "Dans une organisation au moins.").of { me in
                Permission.allCases.filter { me.can($0) }
            },
            Key("scopes", Kind<[TokenScope]>.list(TokenScope.kind), "De ce jeton.").of { ($0.scopes ?? .everywhere(.write)).each },
            Key<Bool>("read_only", "Le jeton ne permet que de lire.").of(\.readOnly),
        ])
}

extension Role: Plain {}
extension TerritoryRole: Plain {}
extension Permission: Plain {}

extension AccountAPI {
    private static let token = Shape<ApiToken>(
        "Token",
        [
            Key<ID<ApiToken>>("id").of(\.id), tokenName.of(\.name), scopes.of { $0.scopes.each },
            Key<Instant>("created_at").of(\.createdAt), Key<Instant>("expires_at").of(\.expiresAt),
        ])

    private static let newToken = Shape<SecretToken>(
        "NewlyMadeToken", [Key("token", Kind.line(1...200), "À garder : il ne sera plus montré.").of(\.text)])

    private static func tokens(_ call: Call) async throws -> ListPage<ApiToken> {
        let all = try await call.store.read { db in try ApiToken.all(of: call.acting, now: call.now, in: db) }
        return try ListPage(all, call, by: \.id)
    }

    /// Never kept under an `Idempotency-Key`: a secret is not written down. One made twice by mistake is in the list, and is revoked.
    private static func create(_ call: Call) async throws -> SecretToken {
        let draft = ApiToken.Draft(
            name: try call.body[tokenName], scopes: TokenScopes(try call.body[scopes]), days: try call.body[days])
        return try await call.store.write { db in try ApiToken.create(draft, by: call.acting, at: call.now, in: db) }
    }

    private static func revoke(_ call: Call) async throws {
        let id = try call.id(ApiToken.self)
        try await call.store.write { db in try ApiToken.revoke(id, by: call.acting, at: call.now, in: db) }
    }
}
