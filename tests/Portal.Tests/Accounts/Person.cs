using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlickStream.Portal.Tests.Accounts;

/// <summary>Somebody at a browser of their own: keeps cookies and sends the header that pages send.</summary>
internal sealed partial class Person(PortalHost portal) : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient _browser = portal.Browser();

    public string Email { get; init; } = $"{Guid.NewGuid():n}@example.org";

    public HttpClient Browser => _browser;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Person> RegisteredAsync(PortalHost portal)
    {
        var person = new Person(portal);
        await person.RegisterAsync();
        var verified = await person.PostAsync("/api/accounts/verify", new { token = await person.LinkAsync("Finish your registration"), password = Password });
        Assert.Equal(HttpStatusCode.Created, verified.StatusCode);
        return person;
    }

    public async Task RegisterAsync(string password = Password) => Assert.Equal(
        HttpStatusCode.Accepted, (await PostAsync("/api/accounts", new { email = Email, password })).StatusCode);

    public Task<HttpResponseMessage> SignInAsync(string password = Password) => PostAsync("/api/session", new { email = Email, password });

    public Task<HttpResponseMessage> PostAsync(string path, object body) => _browser.PostAsJsonAsync(path, body, Ct);

    public async Task<HttpStatusCode> StatusAsync() => (await _browser.GetAsync("/api/session", Ct)).StatusCode;

    public async Task<JsonElement> AccountAsync() => await _browser.GetFromJsonAsync<JsonElement>("/api/accounts/me", Ct);

    /// <summary>The token of the latest letter with this subject.</summary>
    public async Task<string> LinkAsync(string subject) => Link().Match(await portal.LetterAsync(Email, subject)).Groups["token"].Value;

    public void Dispose() => _browser.Dispose();

    [GeneratedRegex("#(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
