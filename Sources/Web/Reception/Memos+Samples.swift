import Core
import Scheduling

extension MemosPage {
    static var sample: MemosPage {
        MemosPage(
            memos: [Samples.memo(), Samples.memo(settled: true)], colleagues: Samples.colleagues, mayLeave: true, time: Samples.time)
    }
}

extension NewMemoPage {
    static var sample: NewMemoPage {
        NewMemoPage(state: FormState(["caller": "Mme Etcheto", "text": "Rappeler pour le loyer."]), agents: Samples.colleagues)
    }
}

extension Samples {
    static let colleagues = [
        Choice(Samples.agent.description, "Maïté Ithurralde"), Choice("0198c0de-0000-7000-8000-000000000001", "Lili Sallaberry"),
    ]

    static func memo(settled: Bool = false) -> MemoDetails {
        let memo = Memo(
            id: .new(), organizationID: organization.id, agentID: agent, personID: nil, caller: "Mme Etcheto", phone: "+33639981234",
            text: "Son propriétaire demande le loyer avant vendredi.", dueAt: time.now.adding(minutes: settled ? 60 : -60),
            createdBy: agent, createdAt: time.now.adding(minutes: -180), settledAt: settled ? time.now : nil)
        let last = MemoDetails.Done(act: settled ? .calledBack : .notReached, by: "Maïté Ithurralde", at: time.now)
        return MemoDetails(memo: memo, agent: "Maïté Ithurralde", author: "Paul Barrère", last: last, isForTeam: !settled)
    }
}
