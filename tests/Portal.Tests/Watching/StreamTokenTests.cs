using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class StreamTokenTests
{
    [Fact]
    public void One_that_is_good_is_opened_once_and_one_that_is_not_each_time()
    {
        var seals = new CountedSeals(new EphemeralDataProtectionProvider().CreateProtector("any"));
        var (tokens, stream) = (new StreamTokens(seals), Guid.NewGuid().ToString("n"));
        var token = tokens.Seal(stream);
        var forged = $"{token[..^4]}AAAA";
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(stream, tokens.Open(token));
            Assert.Null(tokens.Open(forged));
        }

        Assert.Equal(1 + 3, seals.Opened);
    }

    private sealed class CountedSeals(IDataProtector inner) : IDataProtector
    {
        public int Opened { get; private set; }

        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => inner.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData)
        {
            Opened++;
            return inner.Unprotect(protectedData);
        }
    }
}
