using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Origin;
using FlickStream.Platform;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Portal.Mail;
using FlickStream.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace FlickStream.Portal.Tests;

/// <summary>A portal on a free port with a data folder of its own, spoken to over real HTTP.</summary>
public sealed class PortalHost : IAsyncLifetime
{
    private readonly PortalHost? _beside;
    private readonly bool _hasOrigin;
    private readonly bool _isOfMany;
    private readonly Func<IDocuments, IDocuments>? _through;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flickstream-portal-");
    private readonly ConcurrentDictionary<string, MimeMessage> _outbox = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    public PortalHost()
        : this(false, false, null, null)
    {
    }

    private PortalHost(bool hasOrigin, bool isOfMany, PortalHost? beside, Func<IDocuments, IDocuments>? through)
    {
        (_hasOrigin, _isOfMany, _beside, _through) = (hasOrigin, isOfMany, beside, through);
        Clock = beside?.Clock ?? new FakeTimeProvider(TimeProvider.System.GetUtcNow());
    }

    /// <summary>Where tests of one host meet from one address, limits of an address would stop them; hashes are as cheap as may be; and letters come in the
    /// order in which they were posted.</summary>
    public Dictionary<string, string?> Options { get; } = new()
    {
        ["Accounts:RequestsPerNetwork"] = "100000", ["Accounts:Passwords:MemoryKiB"] = "19456", ["Mail:AtOnce"] = "1",
    };

    /// <summary>All that the process logs, the framework too.</summary>
    internal LogLines Log { get; } = new();

    /// <summary>Stands still, but for tests that move it.</summary>
    public FakeTimeProvider Clock { get; }

    public Uri Address => new(_app.Urls.First());

    /// <summary>The administrator's key.</summary>
    public string KeyFile => Path.Combine(_data.FullName, "admin.key");

    public IServiceProvider Services => _app.Services;

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>With the administrator's key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Anonymous => ClientFor(null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One of its own, for a test that moves the clock or needs other options.</summary>
    /// <param name="options">Beside those that all have.</param>
    /// <param name="hasOrigin">Whether it plays, too.</param>
    /// <param name="isOfMany">Whether there are other nodes of the same installation.</param>
    /// <param name="beside">One of them, which is to end after this one.</param>
    /// <param name="through">What its documents are read and written through.</param>
    public static async Task<PortalHost> StartAsync(
        Dictionary<string, string?>? options = null, bool hasOrigin = false, bool isOfMany = false, PortalHost? beside = null,
        Func<IDocuments, IDocuments>? through = null)
    {
        var host = new PortalHost(hasOrigin, isOfMany || beside is not null, beside, through);
        foreach (var (name, value) in options ?? []) host.Options[name] = value;
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("Platform:DataFolder", _data.FullName), .. Options]);
        if (_isOfMany) builder.Configuration["Platform:ProtectionKeys"] = "Documents";
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        // Of what the portal logs as it is set by itself, the console shows only what is wrong.
        builder.Logging.AddProvider(Log).AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        builder.AddPlatform(PlatformHosting.Standalone);
        if (_through is { } through)
        {
            var real = builder.Services.Single(service => service.ServiceType == typeof(IDocuments));
            builder.Services.AddSingleton(provider => through((IDocuments)real.ImplementationFactory!(provider)));
        }

        if (_beside is not null) builder.Services.AddSingleton(_beside.Services.GetRequiredService<IDocuments>());
        builder.AddPortal();
        if (_hasOrigin) builder.AddOrigin();
        _app = builder.Build();
        _app.UsePlatform();
        if (_hasOrigin) _app.MapOrigin();
        _app.MapPortal();
        await _app.StartAsync(Ct);
        Admin = ClientFor((await File.ReadAllTextAsync(KeyFile, Ct)).Trim());
    }

    public HttpClient ClientFor(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Keeps cookies, those for TLS too as browsers do on this machine, and sends what pages of ours send.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new BrowserCookies { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } })
        {
            BaseAddress = new Uri(_app.Urls.First()),
        };
        client.DefaultRequestHeaders.Add("X-FlickStream", "1");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    /// <summary>Gives somebody a role; studios' people need an organisation.</summary>
    internal async Task MakeAsync(Accounts.Person person, string role, string? organisationId = null)
    {
        var users = await Admin.GetFromJsonAsync<JsonElement>($"/api/users?email={person.Email}", Ct);
        var id = users.GetProperty("items")[0].GetProperty("id").GetString();
        (await Admin.PutAsJsonAsync($"/api/users/{id}/role", new { role, organisationId }, Ct)).EnsureSuccessStatusCode();
    }

    /// <summary>The text of the latest letter to an address, once there is one: what tells of an event in the background may still be at it.</summary>
    public async Task<string> LetterAsync(string to, string subject)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; looks < 500; looks++)
        {
            var found = (await OutboxAsync()).LastOrDefault(letter => letter.To.Mailboxes.Single().Address == to && letter.Subject == subject);
            if (found?.TextBody is { } text) return text;
            await timer.WaitForNextTickAsync(Ct);
        }

        throw new TimeoutException($"There is no letter \"{subject}\" to {to}.");
    }

    /// <summary>How many letters an address was sent, once there are at least so many.</summary>
    public async Task<int> LettersAsync(string to, int atLeast = 0)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var looks = 0; ; looks++)
        {
            var count = (await OutboxAsync()).Count(letter => letter.To.Mailboxes.Single().Address == to);
            if (count >= atLeast) return count;
            if (looks == 500) throw new TimeoutException($"There are {count} letters to {to}, not {atLeast}.");
            await timer.WaitForNextTickAsync(Ct);
        }
    }

    /// <summary>All letters, oldest first, once none waits any more.</summary>
    private async Task<IReadOnlyList<MimeMessage>> OutboxAsync()
    {
        var waiting = Services.GetRequiredService<IDocuments>().Set(WaitingLetter.Schema);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var looks = 0; await waiting.CountAsync([DocumentFilter.Equal("ended", null)], Ct) > 0; looks++)
        {
            if (looks == 1000) throw new TimeoutException("Letters wait for ever.");
            await timer.WaitForNextTickAsync(Ct);
        }

        var outbox = Path.Combine(_data.FullName, "outbox");
        return Directory.Exists(outbox)
            ? [.. Directory.GetFiles(outbox, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(path => _outbox.GetOrAdd(path, added => MimeMessage.Load(added, Ct)))] : [];
    }

    public async Task<(string Id, string Key)> CreateKeyAsync(params string[] scopes)
    {
        var answer = await Admin.PostAsJsonAsync("/api/keys", new { name = "a key", scopes }, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (body.GetProperty("id").GetString()!, body.GetProperty("key").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
