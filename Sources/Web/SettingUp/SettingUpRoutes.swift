import Hummingbird

/// Everything that administrators set up.
struct SettingUpRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        TerritoryRoutes(desk: desk).add(to: router)
        SetUpRoutes<AreaScreen>(desk: desk).add(to: router)
        SetUpRoutes<OrganizationScreen>(desk: desk).add(to: router)
        MemberRoutes(desk: desk).add(to: router)
        TeamRoutes(desk: desk).add(to: router)
        WebhookRoutes(desk: desk).add(to: router)
        TemplateRoutes(desk: desk).add(to: router)
        SetUpRoutes<SiteScreen>(desk: desk).add(to: router)
        SetUpRoutes<ResourceScreen>(desk: desk).add(to: router)
        SetUpRoutes<ServiceScreen>(desk: desk).add(to: router)
        SetUpRoutes<ReasonScreen>(desk: desk).add(to: router)
        SetUpRoutes<TagScreen>(desk: desk).add(to: router)
        PersonFieldsRoutes(desk: desk).add(to: router)
        ReasonRoutes(desk: desk).add(to: router)
        AgentSetUpRoutes(desk: desk).add(to: router)
        ImportRoutes(desk: desk).add(to: router)
    }
}
