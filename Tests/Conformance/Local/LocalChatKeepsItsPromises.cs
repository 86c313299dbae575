namespace OrleansChat.Tests.Conformance.Local;

public sealed class LocalPosting() : Posting(LocalEngine.Start);

public sealed class LocalNews() : News(LocalEngine.Start);

public sealed class LocalPresenceInRooms() : PresenceInRooms(LocalEngine.Start);

public sealed class LocalReadMarks() : ReadMarks(LocalEngine.Start);

public sealed class LocalReading() : Reading(LocalEngine.Start);

public sealed class LocalLivesOfRooms() : LivesOfRooms(LocalEngine.Start);

public sealed class LocalDirectRooms() : DirectRooms(LocalEngine.Start);

public sealed class LocalPeopleWhoComeAndGo() : PeopleWhoComeAndGo(LocalEngine.Start);

public sealed class LocalFailures() : Failures(LocalEngine.Start);

public sealed class LocalTracing() : Tracing(LocalEngine.Start);

public sealed class LocalNodesOfAll() : NodesOfAll(LocalEngine.Start);

public sealed class LocalAlertsInARoom() : AlertsInARoom(LocalEngine.Start);
