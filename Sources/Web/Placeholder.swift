import Hummingbird
import AsyncAlgorithms
enum P {}
