using System.Globalization;
using System.Text.RegularExpressions;

namespace FlickStream.Portal.Accounts.Passwords;

/// <summary>An Argon2id hash in the PHC string format: <c>$argon2id$v=19$m=47104,t=1,p=1$salt$hash</c>, both in base64 without padding.</summary>
internal sealed partial record PasswordHash(int MemoryKiB, int Iterations, int Lanes, byte[] Salt, byte[] Hash)
{
    /// <exception cref="FormatException">It is none.</exception>
    public static PasswordHash Parse(string text)
    {
        var parts = Phc().Match(text);
        if (!parts.Success) throw new FormatException("This is no Argon2id hash.");
        int Number(string name) => int.Parse(parts.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
        byte[] Bytes(string name) => Convert.FromBase64String(Padded(parts.Groups[name].Value));
        return new PasswordHash(Number("m"), Number("t"), Number("p"), Bytes("salt"), Bytes("hash"));
    }

    public override string ToString() => FormattableString.Invariant(
        $"$argon2id$v=19$m={MemoryKiB},t={Iterations},p={Lanes}${Convert.ToBase64String(Salt).TrimEnd('=')}${Convert.ToBase64String(Hash).TrimEnd('=')}");

    private static string Padded(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');

    [GeneratedRegex(@"^\$argon2id\$v=19\$m=(?<m>\d{1,9}),t=(?<t>\d{1,9}),p=(?<p>\d{1,9})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z")]
    private static partial Regex Phc();
}
