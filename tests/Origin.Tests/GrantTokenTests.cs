using System.Security.Cryptography;
using FlickStream.Origin.Grants;

namespace FlickStream.Origin.Tests;

public sealed class GrantTokenTests
{
    private static readonly DeliveryKey Key = new(7, RandomNumberGenerator.GetBytes(32), Sample.Start);
    private static readonly DeliveryKeyRing Ring = new([Key]);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_token_says_what_was_sealed(bool isLimited, bool isOfEvent)
    {
        var claims = Claims(isLimited) with { IsOfEvent = isOfEvent };
        Assert.Equal(claims, GrantToken.Open(GrantToken.Seal(claims, Key), Ring, out _));
    }

    [Theory]
    [InlineData("a", "r")]
    [InlineData("as", "r")]
    [InlineData("ass", "r")]
    public void Changing_any_character_to_any_other_is_refused(string assetId, string revision)
    {
        var token = GrantToken.Seal(Claims(true) with { AssetId = assetId, Revision = revision }, Key);
        Assert.NotNull(GrantToken.Open(token, Ring, out _));
        foreach (var changed in Changes(token)) Assert.Null(GrantToken.Open(changed, Ring, out _));
    }

    [Fact]
    public void Shortening_lengthening_and_padding_are_refused()
    {
        var token = GrantToken.Seal(Claims(false), Key);
        for (var length = 0; length < token.Length; length++) Assert.Null(GrantToken.Open(token.AsSpan(0, length), Ring, out _));
        foreach (var more in new[] { "A", "AAAA", "=", "====", " ", "    ", "\n\n\n\n" }) Assert.Null(GrantToken.Open(token + more, Ring, out _));
    }

    [Fact]
    public void A_token_of_another_installation_is_refused_even_under_the_same_key_id()
    {
        var foreign = GrantToken.Seal(Claims(false), new DeliveryKey(7, RandomNumberGenerator.GetBytes(32), Sample.Start));
        Assert.Null(GrantToken.Open(foreign, Ring, out var unknownKey));
        Assert.False(unknownKey);
    }

    [Fact]
    public void A_token_under_an_unknown_key_says_so()
    {
        Assert.Null(GrantToken.Open(GrantToken.Seal(Claims(false), Key with { Id = 8 }), Ring, out var unknownKey));
        Assert.True(unknownKey);
    }

    [Fact]
    public void A_key_does_not_print_its_secret() => Assert.Equal("delivery key 7", Key.ToString());

    private static GrantClaims Claims(bool isLimited) => new()
    {
        GrantId = Guid.NewGuid(),
        AssetId = Sample.AssetId,
        Revision = Sample.Revision,
        MaxHeight = 720,
        ExpiresAt = Sample.Start,
        Streams = isLimited ? new StreamGroup(Guid.NewGuid(), 3) : null,
    };

    private static IEnumerable<string> Changes(string token)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ %~";
        for (var i = 0; i < token.Length; i++)
        {
            foreach (var other in Alphabet)
            {
                if (token[i] != other) yield return string.Concat(token.AsSpan(0, i), [other], token.AsSpan(i + 1));
            }
        }
    }
}
