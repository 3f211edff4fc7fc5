using FlickStream.Platform.Access;
using FlickStream.Platform.Documents.Sqlite;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Access;

public sealed class ApiKeysTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDocuments _documents;
    private readonly ServiceProvider _services;
    private readonly ApiKeys _keys;

    public ApiKeysTests()
    {
        _documents = new SqliteDocuments(_folder.In("documents.sqlite"));
        var services = new ServiceCollection();
        services.AddHybridCache();
        _services = services.BuildServiceProvider();
        _keys = new ApiKeys(_documents, _services.GetRequiredService<HybridCache>(), new FakeTimeProvider());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _documents.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_created_key_is_verified_with_its_scopes()
    {
        var (key, text) = await _keys.CreateAsync("CI", [Scopes.Playback, Scopes.Ingest], Ct);
        var verified = await _keys.VerifyAsync(text);
        Assert.Equal(key.Id, verified!.Id);
        Assert.Equal([Scopes.Ingest, Scopes.Playback], verified.Scopes);
    }

    [Fact]
    public async Task Every_changed_character_makes_it_another_key()
    {
        var (_, text) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'a' ? 'b' : 'a') + text[(i + 1)..];
            Assert.Null(await _keys.VerifyAsync(changed));
        }

        foreach (var wrong in (string[])["", "fs_", text + "x", text[..^1], text.ToUpperInvariant(), $" {text}", text + "\n"])
            Assert.Null(await _keys.VerifyAsync(wrong));
        Assert.NotNull(await _keys.VerifyAsync(text));
    }

    [Fact]
    public async Task A_keys_text_is_not_kept()
    {
        var (key, text) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        var secret = text[^43..];
        var stored = await _documents.Database.WriteAsync(
            session =>
            {
                using var reader = session.Read("SELECT json FROM d_api_keys");
                reader.Read();
                return reader.GetString(0);
            },
            Ct);
        Assert.Contains(key.SecretSha256, stored);
        Assert.DoesNotContain(secret, stored);
    }

    [Fact]
    public async Task A_revoked_key_is_not_verified_any_more_although_it_was_just_now()
    {
        var (key, text) = await _keys.CreateAsync("CI", [Scopes.Ingest], Ct);
        Assert.NotNull(await _keys.VerifyAsync(text));
        Assert.NotNull((await _keys.RevokeAsync(key.Id, Ct))!.RevokedAt);
        Assert.Null(await _keys.VerifyAsync(text));
        Assert.Null(await _keys.RevokeAsync("0000000000000000", Ct));
    }

    [Fact]
    public async Task A_key_without_scopes_or_with_unknown_ones_is_not_made()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _keys.CreateAsync("CI", [], Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _keys.CreateAsync("CI", ["root"], Ct));
    }
}
