using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Accounts.Endings;

/// <summary>Ends what an account plays, wherever its media come from.</summary>
internal interface IStreamEnd
{
    /// <returns>Null once it is confirmed that nothing plays any more; else why it is not.</returns>
    Task<Problem?> EndAllAsync(string accountId, CancellationToken cancellationToken);
}
