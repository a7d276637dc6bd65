/// A bound value, with the type that its interpolation knew.
struct Parameter {
    let value: SQLValue
    let type: ColumnType?
}

extension SQL {
    /// The text for an engine, and the values to bind in the order of their placeholders.
    func rendered(for engine: Store.Engine) -> (text: String, parameters: [Parameter]) {
        if pieces.count == 1, case .text(let text) = pieces[0] { return (text, []) }
        var text = ""
        text.reserveCapacity(48 * pieces.count)
        var parameters: [Parameter] = []
        parameters.reserveCapacity(pieces.count / 2 + 1)
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal
            case .value(let value, let type):
                parameters.append(Parameter(value: value, type: type))
                text += Self.placeholder(parameters.count)
            case .columnType(let type, let column): text += Dialect.columnType(type, column, on: engine)
            case .lock(let lock): text += Dialect.lock(lock, on: engine)
            case .layout(let layout): text += Dialect.layout(layout, on: engine)
            }
        }
        return (text, parameters)
    }

    private static let placeholders = (0...64).map { "$\($0)" }

    private static func placeholder(_ number: Int) -> String {
        number < placeholders.count ? placeholders[number] : "$\(number)"
    }
}
