using System.Security.Cryptography;

namespace FlickStream.Standalone.Demo;

/// <summary>80 random bits that a person can type.</summary>
internal static class DemoPassword
{
    // Without what looks like something else.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789k";

    public static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
