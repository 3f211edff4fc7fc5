using System.Security.Cryptography;
using System.Text;
using OtpNet;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <param name="Codes">As they are shown, once.</param>
/// <param name="Sha256">As they are kept.</param>
internal sealed record NewRecoveryCodes(IReadOnlyList<string> Codes, IReadOnlyList<string> Sha256);

/// <summary>Codes of 120 random bits, so that no slow hash is needed (ASVS 5.0, 6.5.2): four groups of six letters and digits.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Bytes = 15;
    private const int Characters = 24;
    private const int Group = 6;

    public static NewRecoveryCodes Create()
    {
        var texts = Enumerable.Range(0, Count)
            .Select(_ => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant()).ToList();
        return new NewRecoveryCodes([.. texts.Select(text => string.Join('-', text.Chunk(Group).Select(part => new string(part))))], [.. texts.Select(Hash)]);
    }

    /// <summary>What would be kept of this code, however its owner writes it; null when it has no form of one.</summary>
    public static string? Sha256Of(string text)
    {
        var code = new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        return code.Length == Characters ? Hash(code) : null;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
