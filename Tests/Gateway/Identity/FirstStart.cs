using OrleansChat.Gateway.Identity;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Identity;

public sealed class FirstStart
{
    private static readonly UserId Admin = UserId.Parse("admin");

    [Fact]
    public async Task The_first_start_makes_the_administrator_and_no_other_does()
    {
        var folder = Directory.CreateTempSubdirectory("chat-first-start-");
        try
        {
            var storage = $"Chat:Storage=sqlite:{folder.FullName}/chat.db";
            string? password;
            await using (var first = await ChatServer.Start(storage))
            {
                password = await first.Get<SignIn>().MakeAdministrator(Admin);
                Assert.Null(await first.Get<SignIn>().MakeAdministrator(Admin));
            }

            await using var second = await ChatServer.Start(storage);
            Assert.Null(await second.Get<SignIn>().MakeAdministrator(Admin));
            var login = await second.Post("/api/v1/login", $$"""{"user":"admin","password":"{{password}}"}""");
            var token = login.Body.GetProperty("token").GetString();
            Assert.Equal("ok", (await second.Get("/api/v1/metrics", token)).Word);
            await using var admin = await Person.Enter(second, token);
            Assert.Equal("ok", await admin.Word(chat => chat.Configure("lobby", topic: "Tea")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Nobody_becomes_administrator_by_being_first_to_register_the_name()
    {
        await using var server = await ChatServer.Start();
        var eve = await server.Post("/api/v1/register", """{"user":"admin","name":"Eve","password":"correct horse"}""");
        Assert.Equal("forbidden", (await server.Get("/api/v1/metrics", eve.Body.GetProperty("token").GetString())).Word);
    }
}
