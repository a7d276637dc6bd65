import Core
import Hummingbird

extension Desk {
    /// Everything the site answers. One line for each feature.
    public func router() -> Router<AppContext> {
        site.router(session: [SessionMiddleware(desk: self)]) { router in
            OperationRoutes(desk: self).add(to: router)
            SignInRoutes(desk: self).add(to: router)
            PublicFiguresRoutes(desk: self).add(to: router)
            let agents = router.group(context: AgentContext.self).add(middleware: MergedPersonMiddleware(desk: self))
            API(desk: self).add(to: router, agents)
            AbsenceRoutes(desk: self).add(to: agents)
            AccountRoutes(desk: self).add(to: agents)
            AgendaRoutes(desk: self).add(to: agents)
            AgendaGroupRoutes(desk: self).add(to: agents)
            AccessRoutes(desk: self).add(to: agents)
            ArchivingRoutes(desk: self).add(to: agents)
            AppointmentRoutes(desk: self).add(to: agents)
            BasculeRoutes(desk: self).add(to: agents)
            BookingRoutes(desk: self).add(to: agents)
            ChangesRoutes(desk: self).add(to: agents)
            ClosureRoutes(desk: self).add(to: agents)
            DayListRoutes(desk: self).add(to: agents)
            DemandRoutes(desk: self).add(to: agents)
            GroupRoutes(desk: self).add(to: agents)
            HandoverRoutes(desk: self).add(to: agents)
            HoldRoutes(desk: self).add(to: agents)
            JournalRoutes(desk: self).add(to: agents)
            MergingRoutes(desk: self).add(to: agents)
            MemoRoutes(desk: self).add(to: agents)
            MoveRoutes(desk: self).add(to: agents)
            MovingRoutes(desk: self).add(to: agents)
            OccurrenceRoutes<Absence>(desk: self).add(to: agents)
            OccurrenceRoutes<Opening>(desk: self).add(to: agents)
            OpeningRoutes(desk: self).add(to: agents)
            PairRoutes(desk: self).add(to: agents)
            PreferenceRoutes(desk: self).add(to: agents)
            PeopleRoutes(desk: self).add(to: agents)
            PersonFormRoutes(desk: self).add(to: agents)
            PersonRoutes(desk: self).add(to: agents)
            ProtectionRoutes(desk: self).add(to: agents)
            RelativeRoutes(desk: self).add(to: agents)
            ResourceRoutes(desk: self).add(to: agents)
            SettingUpRoutes(desk: self).add(to: agents)
            SteeringRoutes(desk: self).add(to: agents)
            WaitingRoomRoutes(desk: self).add(to: agents)
            StoryRoutes(desk: self).add(to: agents)
            TogetherRoutes(desk: self).add(to: agents)
            TidingsRoutes(desk: self).add(to: agents)
            WeekTemplateRoutes(desk: self).add(to: agents)
        }
    }
}
