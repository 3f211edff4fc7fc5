namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>Takes codes, each once.</summary>
internal sealed class FactorCodes(AccountStore accounts, TotpSecrets secrets)
{
    // Longer than any code however it is written.
    private const int MostCharacters = 64;

    /// <summary>Whether it is a code of the account's app or a recovery code that was not taken before. Of several who send the same one at
    /// once, one is told true.</summary>
    public async Task<bool> SpendAsync(string accountId, string code, CancellationToken cancellationToken) =>
        code.Length <= MostCharacters && await accounts.TryChangeAsync(accountId, account => Without(account, code.Trim()), cancellationToken) is not null;

    private Account? Without(Account account, string code)
    {
        if (account.SecondFactor is not { } factor) return null;
        if (RecoveryCodes.Sha256Of(code) is { } hash)
        {
            return factor.RecoverySha256.Contains(hash)
                ? account with { SecondFactor = factor with { RecoverySha256 = [.. factor.RecoverySha256.Where(left => left != hash)] } } : null;
        }

        return secrets.StepOf(account.Id, factor.Sealed, code) is { } step && step > factor.LastStep
            ? account with { SecondFactor = factor with { LastStep = step } } : null;
    }
}
