namespace FlickStream.Portal.Accounts.Passkeys;

internal sealed class PasskeyData(PasskeyStore passkeys) : IPersonalData
{
    public string Section => "passkeys";

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        (await passkeys.ListAsync(accountId, cancellationToken)).Select(PasskeyAnswer.Of).ToList();

    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => passkeys.RemoveAllAsync(accountId, cancellationToken);
}
