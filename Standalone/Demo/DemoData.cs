using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Organisations;
using FlickStream.Standalone.Run;

namespace FlickStream.Standalone.Demo;

/// <summary>What a first start shows beside the sample: a small catalog, and an account of each role. Only where there is nothing yet; what was broken off
/// is taken up again.</summary>
internal sealed class DemoData(IDocuments documents, DemoAccounts accounts, DemoCatalog catalog, ApiKeys keys, OwnApi api, TimeProvider time)
{
    private readonly IDocumentSet<DemoState> _states = documents.Set(DemoState.Schema);

    /// <summary>Whether there is something to do. Where nothing is kept yet, the demo is begun.</summary>
    public async Task<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        if (await StateAsync(cancellationToken) is { } begun) return !begun.IsDone;
        if (!await IsEmptyAsync(cancellationToken)) return false;
        await _states.InsertAsync(DemoState.Id, new() { BegunAt = time.GetUtcNow() }, cancellationToken);
        return true;
    }

    /// <summary>Makes the accounts, and shows their passwords.</summary>
    public async Task TellAccountsAsync(HttpClient admin, CancellationToken cancellationToken)
    {
        if (await StateAsync(cancellationToken) is not { AreAccountsTold: false }) return;
        var made = await accounts.EnsureAsync(admin, await DemoCatalog.OrganisationAsync(admin, cancellationToken), cancellationToken);
        Console.WriteLine("Sign in as one of these; the passwords are shown this once:");
        foreach (var account in made) Console.WriteLine($"  {account.Role,-7} {account.Email,-27} {account.Password}");
        await ChangeAsync(state => state with { AreAccountsTold = true }, cancellationToken);
    }

    /// <summary>Makes the catalog; it takes as long as its clips are encoded.</summary>
    public async Task FillAsync(HttpClient admin, CancellationToken cancellationToken)
    {
        var state = (await StateAsync(cancellationToken))!;
        // Of a start that was broken off: its text is lost.
        if (state.KeyId is { } lost) await keys.RevokeAsync(lost, cancellationToken);
        var organisation = await DemoCatalog.OrganisationAsync(admin, cancellationToken);
        var key = await keys.CreateAsync("Demo data", [Scopes.Ingest], organisation, cancellationToken);
        await ChangeAsync(now => now with { KeyId = key.Key.Id }, cancellationToken);
        using (var studio = api.Connect(key.Text)) await catalog.FillAsync(admin, studio, organisation, state.BegunAt, cancellationToken);
        await keys.RevokeAsync(key.Key.Id, cancellationToken);
        await ChangeAsync(now => now with { KeyId = null, IsDone = true }, cancellationToken);
        Console.WriteLine($"The demo catalog is there: {api.Address}api/titles");
    }

    private async Task<DemoState?> StateAsync(CancellationToken cancellationToken) => (await _states.GetAsync(DemoState.Id, cancellationToken))?.Value;

    private async Task ChangeAsync(Func<DemoState, DemoState> change, CancellationToken cancellationToken) =>
        await _states.UpdateAsync(DemoState.Id, change, cancellationToken);

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        await documents.Set(Asset.Schema).CountAsync([], cancellationToken) == 0 && await documents.Set(Account.Schema).CountAsync([], cancellationToken) == 0
        && await documents.Set(Title.Schema).CountAsync([], cancellationToken) == 0 && await documents.Set(Organisation.Schema).CountAsync([], cancellationToken) == 0;
}
