using System.Text;
using System.Xml.Linq;
using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Transcoder.Tests.Keys;

/// <summary>Asking a key server for keys: what is sent, what is understood, and every way in which it can go wrong.</summary>
public sealed class KeyServerTests : IAsyncLifetime
{
    private const string Widevine = "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed";
    private const string FairPlay = "94ce86fb-07ff-4f43-adb8-93d2fa968ca2";
    private static readonly XNamespace Cpix = "urn:dashif:org:cpix";

    private static readonly WantedKey[] Wanted =
    [
        new(KeyUse.Audio, Guid.Parse("00000000-0000-8000-8000-00000000000a"), new byte[16], 0, 0),
        new(KeyUse.Hd, Guid.Parse("00000000-0000-8000-8000-00000000000b"), Encoding.ASCII.GetBytes("constant vector!"), 921_600, 2_073_600),
    ];

    private readonly FakeTimeProvider _time = new();
    private readonly Warned _log = new();
    private SpekeServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SpekeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_request_says_what_each_key_is_for_and_who_asks()
    {
        await MakeAsync(new() { ["KeyServer:User"] = "studio", ["KeyServer:Password"] = "pass word", ["KeyServer:Headers:X-Api-Key"] = "k1" });
        var (headers, body) = Assert.Single(_server.Requests);
        Assert.Equal("2.0", headers["X-Speke-Version"]);
        Assert.Equal("application/xml", headers.ContentType);
        Assert.Equal($"Basic {Convert.ToBase64String("studio:pass word"u8)}", headers.Authorization);
        Assert.Equal("k1", headers["X-Api-Key"]);

        Assert.Equal(("title1", "2.3"), (Of(body.Root!, "contentId"), Of(body.Root!, "version")));
        Assert.Equal(["ContentKeyList", "DRMSystemList", "ContentKeyUsageRuleList"], body.Root!.Elements().Select(e => e.Name.LocalName));
        var keys = body.Descendants(Cpix + "ContentKey").ToList();
        Assert.Equal(Wanted.Select(w => w.KeyId.ToString("d")), keys.Select(k => Of(k, "kid")));
        Assert.All(keys, key => Assert.Equal("cbcs", Of(key, "commonEncryptionScheme")));
        Assert.Equal(Convert.ToBase64String(Wanted[1].Iv), Of(keys[1], "explicitIV"));

        var systems = body.Descendants(Cpix + "DRMSystem").ToList();
        Assert.Equal([Widevine, FairPlay, Widevine, FairPlay], systems.Select(s => Of(s, "systemId")));
        Assert.Equal(["PSSH", "ContentProtectionData", "HLSSignalingData", "HLSSignalingData"], systems[0].Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["media", "master"], systems[1].Elements(Cpix + "HLSSignalingData").Select(e => Of(e, "playlist")));
        Assert.Null(systems[1].Element(Cpix + "PSSH"));

        var rules = body.Descendants(Cpix + "ContentKeyUsageRule").ToList();
        Assert.Equal(["AUDIO", "HD"], rules.Select(r => Of(r, "intendedTrackType")));
        Assert.NotNull(rules[0].Element(Cpix + "AudioFilter"));
        Assert.Equal(("921600", "2073600"), (Of(rules[1].Element(Cpix + "VideoFilter")!, "minPixels"), Of(rules[1].Element(Cpix + "VideoFilter")!, "maxPixels")));
    }

    [Fact]
    public async Task The_answer_gives_keys_and_what_manifests_tell_of_each_system()
    {
        var made = await MakeAsync();
        Assert.Equal(Wanted, made.Select(m => m.Wanted));
        Assert.All(made, m => Assert.Equal(SpekeServer.KeyOf(m.Wanted.KeyId.ToString("d")), m.Secret));
        Assert.Equal(Wanted[1].Iv, made[1].Iv);
        var kid = Wanted[1].KeyId.ToString("d");
        var (widevine, fairPlay) = (made[1].Systems[0], made[1].Systems[1]);
        Assert.Equal(Guid.Parse(Widevine), widevine.SystemId);
        Assert.Equal(SpekeServer.PsshOf(kid), widevine.Pssh);
        // The prefix was not declared; in an MPD it must be.
        Assert.Contains("urn:mpeg:cenc:2013", widevine.ContentProtection, StringComparison.Ordinal);
        Assert.Equal(Convert.ToBase64String(SpekeServer.PsshOf(kid)), XElement.Parse(widevine.ContentProtection!).Value);
        Assert.Equal($"#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://{kid}\",KEYFORMAT=\"urn:uuid:{FairPlay}\",KEYFORMATVERSIONS=\"1\"", Assert.Single(fairPlay.MediaPlaylist));
        Assert.StartsWith("#EXT-X-SESSION-KEY:", Assert.Single(fairPlay.MultivariantPlaylist), StringComparison.Ordinal);
        Assert.Null(fairPlay.Pssh);
    }

    [Fact]
    public async Task A_vector_that_the_server_chose_is_taken()
    {
        _server.Spoil = answer => answer.Descendants(Cpix + "ContentKey").First().SetAttributeValue("explicitIV", Convert.ToBase64String(Wanted[1].Iv));
        Assert.Equal(Wanted[1].Iv, (await MakeAsync())[0].Iv);
    }

    [Fact]
    public async Task A_server_that_stumbles_is_asked_again()
    {
        _server.Failures.Enqueue((503, "busy"));
        _server.Failures.Enqueue((429, "slowly"));
        Assert.Equal(2, (await MakeAsync()).Count);
        Assert.Equal(3, _server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_logged_in_the_servers_words_without_secrets_and_not_asked_again()
    {
        var key = Convert.ToBase64String(SpekeServer.KeyOf("any"));
        _server.Failures.Enqueue((422, $"Unsupported CPIX@version\n of pass word, {key}"));
        var fault = await FaultAsync(new() { ["KeyServer:User"] = "studio", ["KeyServer:Password"] = "pass word" });
        Assert.Equal("The key server 127.0.0.1 answered 422; the worker's log has its words.", fault);
        Assert.Equal("The key server 127.0.0.1 answered 422: Unsupported CPIX@version  of …, …", Assert.Single(_log.Warnings));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_away_is_a_fault_of_the_surroundings()
    {
        await _server.DisposeAsync();
        var fault = await FaultAsync(new() { ["KeyServer:Url"] = "http://127.0.0.1:9/" });
        Assert.StartsWith("The key server 127.0.0.1 cannot be asked: ", fault, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "<html>", "is not XML" },
        { "<html/>", "is no CPIX document" },
        { "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>", "is not XML that may be read here" },
        { "<cpix:CPIX xmlns:cpix=\"urn:dashif:org:cpix\"/>", "has no key" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_answer_that_is_something_else_is_refused(string body, string said)
    {
        _server.Failures.Enqueue((200, body));
        Assert.Contains(said, await FaultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_has_no_end_is_refused()
    {
        for (var i = 0; i < 3; i++) _server.Failures.Enqueue((200, new string('x', (1 << 20) + 1)));
        Assert.Contains("cannot be asked", await FaultAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Spoilt => new()
    {
        { "PlainValue", "AAAA", "of 3 bytes" },
        { "PlainValue", "*", "not base64" },
        { "PlainValue", "", "lacks the key" },
        { "PSSH", "AAAA", "no pssh box" },
        { "PSSH", "", $"lacks the PSSH of the system {Widevine}" },
        { "ContentProtectionData", "PGE+", "not XML" },
        { "HLSSignalingData", "", $"lacks the HLSSignalingData of media playlists of the system {Widevine}" },
        { "HLSSignalingData", Convert.ToBase64String("#EXT-X-ENDLIST"u8), "does not begin with #EXT-X-KEY:" },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task What_manifests_could_not_carry_is_refused(string element, string value, string said)
    {
        _server.Spoil = answer => answer.Descendants().First(e => e.Name.LocalName == element).Value = value;
        var fault = await FaultAsync();
        Assert.Contains(said, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(SpekeServer.KeyOf(Wanted[0].KeyId.ToString("d"))), fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_leaves_a_system_out_is_refused()
    {
        _server.Spoil = answer => answer.Descendants(Cpix + "DRMSystem").Last(system => Of(system, "systemId") == FairPlay).Remove();
        Assert.Contains($"lacks the system {FairPlay} for the key {Wanted[1].KeyId}", await FaultAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KeyServer:Url", "https://studio:word@keys.example.com/", "KeyServer:Url holds a user, a query")]
    [InlineData("KeyServer:Url", "https://keys.example.com/?token=word", "KeyServer:Url holds a user, a query")]
    [InlineData("KeyServer:Url", "http://keys.example.com/", "KeyServer:Url does not begin with https://")]
    [InlineData("KeyServer:Systems:1", Widevine, "KeyServer:Systems names a system twice")]
    [InlineData("KeyServer:User", "a:b", "KeyServer:User holds a colon")]
    [InlineData("KeyServer:CertificateFile", "/nowhere.pem", "KeyServer:CertificateFile (/nowhere.pem) cannot be used")]
    [InlineData("KeyServer:Headers:no header", "x", "KeyServer:Headers:no header is not a request header's name")]
    public async Task Options_that_cannot_work_are_told_before_a_key_is_asked_for(string option, string value, string said)
    {
        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => MakeAsync(new() { [option] = value }));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("word@", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Warned : ILoggerProvider, ILogger
    {
        public List<string> Warnings { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning) Warnings.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }

    private static string? Of(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private async Task<string> FaultAsync(Dictionary<string, string?>? settings = null) =>
        (await Assert.ThrowsAsync<KeysUnavailableException>(() => MakeAsync(settings))).Message;

    private async Task<IReadOnlyList<ContentKey>> MakeAsync(Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["KeyServer:Url"] = _server.Url.AbsoluteUri,
            ["KeyServer:Systems:0"] = Widevine,
            ["KeyServer:Systems:1"] = FairPlay,
        };
        foreach (var (name, value) in settings ?? []) all[name] = value;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        services.AddLogging(logs => logs.AddProvider(_log)).AddSingleton<TimeProvider>(_time);
        services.AddKeys();
        await using var provider = services.BuildServiceProvider();
        var made = provider.GetRequiredService<ITitleKeySource>().MakeAsync("title1", Wanted, Stop);
        while (await Task.WhenAny(made, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop)) != made)
            _time.Advance(TimeSpan.FromSeconds(1));
        return await made;
    }
}
