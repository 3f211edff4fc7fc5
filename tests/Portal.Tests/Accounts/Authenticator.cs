using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>Somebody's authenticator app, and what they wrote down.</summary>
internal sealed class Authenticator(PortalHost portal, string secret)
{
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public string Secret => secret;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Turns the second factor of somebody who is signed in on, and lets the step of its first code pass.</summary>
    public static async Task<Authenticator> AddedAsync(PortalHost portal, Person person)
    {
        var begun = await (await person.PostAsync("/api/accounts/me/second-factor", new { })).Content.ReadFromJsonAsync<JsonElement>(Ct);
        var app = new Authenticator(portal, begun.GetProperty("secret").GetString()!);
        var on = await person.PostAsync("/api/accounts/me/second-factor/confirm", new { code = app.Code() });
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        app.RecoveryCodes = await CodesAsync(on);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        return app;
    }

    /// <summary>What it shows now, or so many steps away.</summary>
    public string Code(int steps = 0) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(portal.Clock.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    /// <summary>A code that was not used yet, as time goes by.</summary>
    public string NextCode()
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        return Code();
    }

    public static async Task<IReadOnlyList<string>> CodesAsync(HttpResponseMessage answer) =>
        [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)];
}
