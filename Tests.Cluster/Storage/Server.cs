using OrleansChat.Tests.Storage;

[assembly: AssemblyFixture(typeof(SharedPostgresServer))]
