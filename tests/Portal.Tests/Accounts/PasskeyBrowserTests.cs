using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>A real browser's WebAuthn, by <c>tests/Players/passkey.mjs</c>.</summary>
public sealed class PasskeyBrowserTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_browser_makes_a_passkey_and_signs_in_with_it()
    {
        using var person = await Person.RegisteredAsync(portal);
        var run = await Cli.Wrap("node")
            .WithArguments(["passkey.mjs", "--site", $"http://localhost:{portal.Port}/", "--email", person.Email, "--password", Person.Password])
            .WithWorkingDirectory(Path.Combine(Repository.Root, "tests", "Players"))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        var result = JsonElement.Parse(run.StandardOutput);
        foreach (var (name, status) in new[] { ("signedIn", 200), ("added", 201), ("out", 204), ("nobody", 401), ("opened", 200), ("confirmed", 204) })
            Assert.True(result.GetProperty(name).GetInt32() == status, $"{name}: {run.StandardOutput}");
        Assert.Equal(person.Email, result.GetProperty("email").GetString());
        Assert.Equal("InvalidStateError", result.GetProperty("twice").GetString()); // One that the authenticator has already is not made again.
        Assert.True(result.GetProperty("isResident").GetBoolean());
        Assert.Equal("localhost", result.GetProperty("domain").GetString());
    }
}
