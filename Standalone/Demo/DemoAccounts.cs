using FlickStream.Platform.Access;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Standalone.Run;

namespace FlickStream.Standalone.Demo;

/// <param name="Role">As <see cref="Roles"/> names it.</param>
/// <param name="Password">Kept nowhere but as its hash.</param>
internal sealed record DemoAccount(string Role, string Email, string Password);

/// <summary>One account of each role.</summary>
internal sealed class DemoAccounts(
    AccountStore accounts, PasswordHasher hasher, CheckoutDesk desk, SubscriptionClerk clerk, IPaymentGateway gateway, SandboxCounter counter,
    SandboxDelivery delivery, OwnApi api, TimeProvider time)
{
    private const string Plan = "premium";
    private const string Currency = "EUR";
    private const string GoodCard = "4242424242424242";

    /// <summary>With other passwords each time: those before may never have been seen.</summary>
    /// <param name="admin">Sends the administrator's key, so that the audit log tells who gave the roles.</param>
    /// <param name="organisationId">The studio's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<DemoAccount>> EnsureAsync(HttpClient admin, string organisationId, CancellationToken cancellationToken)
    {
        var made = new List<DemoAccount>();
        foreach (var role in Roles.All)
        {
            // A name that nobody can own (RFC 2606), so that no letter reaches a stranger.
            var account = new DemoAccount(role, $"{role}@flickstream.example", DemoPassword.New());
            var id = await EnsureAsync(account, cancellationToken);
            if (role == Roles.Viewer) await SubscribeAsync(id, cancellationToken);
            else await OwnApi.SendAsync(admin, HttpMethod.Put, $"/api/users/{id}/role", JsonContent.Create(new { role, organisationId }), cancellationToken);
            made.Add(account);
        }

        return made;
    }

    private async Task<string> EnsureAsync(DemoAccount wanted, CancellationToken cancellationToken)
    {
        var email = EmailAddress.TryParse(wanted.Email)!.Value;
        var hash = await hasher.HashAsync(wanted.Password, cancellationToken) ?? throw new InvalidOperationException("Too many passwords are hashed at once.");
        if (await accounts.FindByEmailAsync(email, cancellationToken) is { } known)
        {
            await accounts.ChangeAsync(known.Id, account => account.WithPassword(hash), cancellationToken);
            return known.Id;
        }

        var account = new Account { Id = AccountStore.NewId(), Email = email.Text, EmailKey = email.Key, PasswordHash = hash, CreatedAt = time.GetUtcNow() };
        await accounts.AddAsync(account, cancellationToken);
        return account.Id;
    }

    /// <summary>As its owner would with a test card; where payments are real, nobody subscribes here.</summary>
    private async Task SubscribeAsync(string accountId, CancellationToken cancellationToken)
    {
        if (gateway is not SandboxGateway) return;
        var begun = await desk.BeginAsync(accountId, new SubscribeRequest(Plan, Currency), new Uri(api.Address, "/account/subscription"), cancellationToken);
        if (begun.Subscription is not { State: SubscriptionState.Incomplete, Checkout.Id: { } open } subscription
            || await counter.FindCheckoutAsync(open, cancellationToken) is not { } checkout) return;
        await counter.PayAsync(checkout, GoodCard, cancellationToken);
        await delivery.DeliverAsync(cancellationToken);
        await clerk.WorkAsync(subscription.Id, isTold: true, cancellationToken);
    }
}
