using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Accounts;

internal sealed class AccountOptionsCheck : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options) =>
        options.PublicUrl is null or { IsAbsoluteUri: true, Scheme: "https" or "http" }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Accounts:PublicUrl must be a whole address, such as https://watch.example.org.");
}
