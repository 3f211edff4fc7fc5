using System.Security.Claims;
using System.Security.Cryptography;
using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents.Sqlite;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlickStream.Platform.Tests.Audit;

public sealed class AuditAnchorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As keys that are kept in Redis may be, from the first event on or later.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 4)]
    public async Task Acts_are_told_while_the_keys_are_away_and_sealed_when_they_are_back(int away, int back)
    {
        using var folder = new TempFolder();
        await using var documents = new SqliteDocuments(folder.In("documents.sqlite"));
        var keys = new KeysThatGo();
        var anchors = new AuditAnchors(documents, keys, NullLogger<AuditAnchors>.Instance);
        var trail = new AuditTrail(documents, anchors, TimeProvider.System);
        for (var number = 1; number <= 5; number++)
        {
            keys.AreAway = number >= away && number < back;
            await trail.AddAsync(OfAKey(), "tried", "it", "");
            Assert.Equal(keys.AreAway ? (away == 1 ? null : away - 1) : number, (await ReadAsync()).Tail?.Number);
        }

        // Where it is taken away none is made in its place.
        await documents.Set(AuditAnchor.Schema).DeleteAsync(AuditAnchor.Id, null, Ct);
        await trail.AddAsync(OfAKey(), "tried", "it", "");
        Assert.False((await ReadAsync()).IsThere);

        async Task<(bool IsThere, AuditTail? Tail)> ReadAsync()
        {
            var wereAway = keys.AreAway;
            keys.AreAway = false;
            var read = await anchors.ReadAsync(Ct);
            keys.AreAway = wereAway;
            return read;
        }
    }

    private static DefaultHttpContext OfAKey() => new() { User = new(new ClaimsIdentity([new(BearerKeyHandler.KeyClaim, "a")])) };

    private sealed class KeysThatGo : IDataProtectionProvider, IDataProtector
    {
        private readonly IDataProtector _kept = new EphemeralDataProtectionProvider().CreateProtector("a");

        public bool AreAway { get; set; }

        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => AreAway ? throw new CryptographicException("No keys.") : _kept.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData) => AreAway ? throw new CryptographicException("No keys.") : _kept.Unprotect(protectedData);
    }
}
