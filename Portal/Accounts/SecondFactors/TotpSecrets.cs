using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using OtpNet;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <param name="Sealed">For the document.</param>
/// <param name="Text">Base32, to be typed into an app.</param>
/// <param name="Uri"><c>otpauth://</c>, to be shown as a QR code.</param>
internal sealed record NewSecret(byte[] Sealed, string Text, string Uri);

/// <summary>Secrets as every authenticator app knows them: SHA-1, 6 digits, 30 s.</summary>
internal sealed class TotpSecrets(
    IDataProtectionProvider protection, IOptions<SecondFactorOptions> options, TimeProvider time, ILogger<TotpSecrets> log)
{
    // RFC 4226, 4 (R6) recommends 160 bits.
    private const int SecretBytes = 20;

    // RFC 6238, 5.2: one step, for clocks that differ and people who type.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    public NewSecret Create(Account account)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var text = Base32Encoding.ToString(secret);
        return new NewSecret(SealOf(account.Id).Protect(secret), text, new OtpUri(OtpType.Totp, text, account.Email, options.Value.Issuer).ToString());
    }

    /// <summary>The time step that this is the code of, now or a step away; null for a wrong code.</summary>
    public long? StepOf(string accountId, byte[] sealedSecret, string code)
    {
        try
        {
            var totp = new Totp(SealOf(accountId).Unprotect(sealedSecret));
            return totp.VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, Window) ? step : null;
        }
        catch (CryptographicException lost)
        {
            // Its owner still has recovery codes, and an administrator may remove it.
            log.LogError(lost, "The second factor of account {Account} cannot be opened: the keys of Platform:ProtectionKeys are not those that sealed it.", accountId);
            return null;
        }
    }

    // The purpose binds a secret to its account: one that is moved to another does not open.
    private IDataProtector SealOf(string accountId) => protection.CreateProtector("FlickStream.SecondFactor", accountId);
}
