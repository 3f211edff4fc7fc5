using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Accounts.Tokens;

/// <summary>Tokens of 256 random bits, kept by their SHA-256 alone.</summary>
internal sealed class AccountTokens(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<AccountToken> _tokens = documents.Set(AccountToken.Schema);

    /// <returns>The token's text, for the letter.</returns>
    public async Task<string> IssueAsync(AccountToken token, CancellationToken cancellationToken)
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await _tokens.InsertAsync(IdOf(text), token, cancellationToken);
        return text;
    }

    /// <summary>What the token is good for; null for one that is used, too old or for something else.</summary>
    public async Task<AccountToken?> FindAsync(string? text, TokenUse use, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(text) ? null
        : await _tokens.GetAsync(IdOf(text), cancellationToken) is { Value: var token } && token.Use == use && token.ExpiresAt > time.GetUtcNow()
            ? token : null;

    /// <summary>Uses it up. Of several who try at once, one is told true.</summary>
    public Task<bool> SpendAsync(string text, CancellationToken cancellationToken) => _tokens.DeleteAsync(IdOf(text), null, cancellationToken);

    /// <summary>Ends all that were sent for an account.</summary>
    public Task EndAllAsync(string accountId, CancellationToken cancellationToken) =>
        _tokens.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, cancellationToken);

    /// <summary>Removes what is too old.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) =>
        _tokens.DeleteAllAsync(new() { Filters = [DocumentFilter.AtMost("expires", time.GetUtcNow())], Sort = [new("expires")] }, cancellationToken);

    private static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
