namespace FlickStream.Portal.Accounts;

/// <summary>What a slice keeps of people: all of it can be taken away by its owner, and all of it goes with the account.</summary>
internal interface IPersonalData
{
    /// <summary>Its name in the export.</summary>
    string Section { get; }

    /// <summary>Everything, in the form of the API, without secrets.</summary>
    Task<object> ExportAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Removes everything but what the law says must be kept. May be called again after it failed half way.</summary>
    Task DeleteAsync(string accountId, CancellationToken cancellationToken);
}
