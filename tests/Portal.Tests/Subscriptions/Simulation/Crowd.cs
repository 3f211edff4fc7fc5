using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>What customers do, each thing again on another node until they are told that it was done.</summary>
internal sealed class Crowd(IReadOnlyList<Node> nodes, SandboxCounter provider, Fate fate, TimeProvider time, Verdict verdict, AccountStore accounts)
{
    private static readonly Uri Site = new("https://watch.example.org/account/subscription");
    private static readonly string[] PlanIds = ["basic", "premium", "family"];
    private static readonly string[] Currencies = ["USD", "EUR", "JPY"];

    public int Acts { get; private set; }

    /// <summary>How often somebody wanted their account deleted, or was shut out; and stayed.</summary>
    public (int Left, int Stayed) Leavers { get; private set; }

    public async Task ActAsync(Customer customer)
    {
        Acts++;
        customer.Oracle?.Renew(time.GetUtcNow());
        var days = 1 - (Math.Log(1 - fate.Next()) * 10);
        var live = (await nodes[0].Subscriptions.OfAccountAsync(customer.AccountId, CancellationToken.None))?.Value;
        // One that the bank's owner never showed themselves for is given up.
        if (live is { Bill: null } && customer.Oracle is { } waited) waited.Wanted = null;
        switch (live)
        {
            case var _ when customer.IsLeaving:
                if (fate.Chance(0.5)) await StayAsync(customer, live);
                break;
            case null:
                if (fate.Chance(0.5)) await SubscribeAsync(customer);
                break;
            case { State: SubscriptionState.Incomplete }:
                // It may be paid already, and nobody here been told.
                if (fate.Chance(0.3)) await CancelAsync(customer);
                else await SubscribeAsync(customer);
                break;
            case { State: SubscriptionState.PastDue or SubscriptionState.Unpaid }:
                days = 1;
                if (fate.Chance(0.25)) await PayOtherwiseAsync(customer);
                else if (fate.Chance(0.05)) await CancelAsync(customer);
                else if (fate.Chance(0.5)) await LeaveAsync(customer);
                break;
            case { Bill: { ActionUrl: not null, PaymentId: { } paymentId } }:
                if (await provider.FindPaymentAsync(paymentId, CancellationToken.None) is { } payment) await provider.AuthenticateAsync(payment, fate.Chance(0.7), CancellationToken.None);
                break;
            case { IsEnding: true }:
                if (fate.Chance(0.5)) await ResumeAsync(customer);
                break;
            default:
                await (fate.Next() switch
                {
                    < 0.25 => UpgradeAsync(customer),
                    < 0.45 => ChangeNextAsync(customer),
                    < 0.58 => CancelAsync(customer),
                    < 0.65 => PayOtherwiseAsync(customer),
                    < 0.69 => LeaveAsync(customer),
                    _ => Task.CompletedTask,
                });
                // Whoever is sent to their bank goes there soon.
                if (customer.Oracle is { Wanted: not null }) days = fate.Chance(0.8) ? 0.01 : days;
                break;
        }

        customer.ActsAt = time.GetUtcNow() + TimeSpan.FromDays(days);
    }

    private async Task SubscribeAsync(Customer customer)
    {
        var (plan, currency) = (fate.Pick(PlanIds), fate.Pick(Currencies));
        var code = fate.Chance(0.4) ? fate.Pick(PriceList.Promotions) : null;
        var (subscription, _, refusal) = await UntilToldAsync(node =>
            node.Checkouts.BeginAsync(customer.AccountId, new SubscribeRequest(plan, currency, code?.Code), Site, CancellationToken.None));
        if (code is not null && refusal is null && (!code.IsGood(plan, currency) || customer.Codes.Contains(code.Code))) verdict.Fail($"{customer.AccountId} uses {code.Code} for {plan} in {currency}");
        if (subscription is not { State: SubscriptionState.Incomplete, Checkout.Id: { } checkoutId }) return;
        var trialDays = customer.HadTrial ? 0 : PriceList.TrialDaysOf(plan);
        if (customer.Oracle?.Id != subscription.Id)
            customer.Oracle = new Oracle(subscription.Id, SandboxGateway.IdOf("pi", checkoutId), customer.Zone, currency, code, trialDays) { Plan = plan };
        if (fate.Chance(0.85)) await PayAsync(checkoutId);
    }

    private async Task PayOtherwiseAsync(Customer customer)
    {
        var moved = await MoveAsync(customer, now => OwnerMoves.ChangeCard(now, $"{customer.AccountId}@example.org", Site, time.GetUtcNow(), new SubscriptionOptions()));
        if (moved.Subscription?.Checkout is { Id: { } id, IsForCard: true }) await PayAsync(id);
    }

    private async Task PayAsync(string checkoutId)
    {
        if (await provider.FindCheckoutAsync(checkoutId, CancellationToken.None) is { } checkout)
            await provider.PayAsync(checkout, fate.Chance(0.93) ? Subscriber.Good : MoodyBank.BadCard, CancellationToken.None);
    }

    private async Task CancelAsync(Customer customer)
    {
        var moved = await MoveAsync(customer, now => OwnerMoves.Cancel(now, time.GetUtcNow()));
        // Whoever asks again, because the node was killed once it was done, is told that there is none any more.
        customer.Oracle!.SetEnding(isEnding: moved.Subscription is not { IsEnding: false }, isOver: moved.Subscription is not { IsEnded: false }, time.GetUtcNow());
    }

    /// <summary>Some wish to be deleted, some are shut out; of these the subscription is ended, unless the node is killed before.</summary>
    private async Task LeaveAsync(Customer customer)
    {
        var (now, isShutOut) = (time.GetUtcNow(), fate.Chance(0.3));
        await accounts.ChangeAsync(
            customer.AccountId,
            account => isShutOut ? account with { Suspension = new(now, "Shares passwords.") } : account with { DeletionAt = now + TimeSpan.FromDays(30) },
            CancellationToken.None);
        customer.IsLeaving = true;
        customer.Oracle!.Leave(now);
        Leavers = Leavers with { Left = Leavers.Left + 1 };
        if (!isShutOut || fate.Chance(0.3)) return;
        var moved = await MoveAsync(customer, live => OwnerMoves.Suspend(live, now));
        customer.Oracle.SetEnding(isEnding: moved.Subscription is not { IsEnding: false }, isOver: moved.Subscription is not { IsEnded: false }, now);
    }

    private async Task StayAsync(Customer customer, Subscription? live)
    {
        // What is being given up they may not have again, but it may prove to be paid.
        if (live is { Bill.Step: BillStep.GivingUp }) return;
        await accounts.ChangeAsync(customer.AccountId, account => account with { Suspension = null, DeletionAt = null }, CancellationToken.None);
        customer.IsLeaving = false;
        customer.Oracle!.Stay(isOver: live?.Id != customer.Oracle.Id, time.GetUtcNow());
        Leavers = Leavers with { Stayed = Leavers.Stayed + 1 };
    }

    private async Task ResumeAsync(Customer customer)
    {
        var moved = await MoveAsync(customer, OwnerMoves.Resume);
        if (moved.Subscription is not null) customer.Oracle!.SetEnding(isEnding: false, isOver: false, time.GetUtcNow());
    }

    private async Task ChangeNextAsync(Customer customer)
    {
        var planId = fate.Pick(PlanIds);
        var moved = await ChosenAsync(customer, planId, (now, choice, _) => OwnerMoves.ChangeNext(now, choice));
        if (moved?.Subscription is { } now) (customer.Oracle!.NextPlan, customer.Oracle.NewsAt) = (now.NextPlan?.PlanId, time.GetUtcNow());
    }

    private async Task UpgradeAsync(Customer customer)
    {
        var (planId, oracle) = (fate.Pick(PlanIds), customer.Oracle!);
        UpgradeQuote? shown = null;
        await ChosenAsync(customer, planId, (now, choice, names) =>
        {
            shown = OwnerMoves.Quote(now, choice, names, time.GetUtcNow(), out _);
            return new Moved(now);
        });
        var expected = oracle.UpgradeTo(planId, time.GetUtcNow());
        if (shown is not null && !oracle.IsOver && PriceList.CoinsOf(shown.Amount.Amount, shown.Amount.Currency) != expected)
            verdict.Fail($"{time.GetUtcNow():u} {customer.AccountId} is shown {shown.Amount} for {planId}, should {expected}: {oracle}");
        if (shown is null || fate.Chance(0.3)) return;
        oracle.Wanted = shown.Amount.Amount > 0 ? (planId, expected ?? 0) : null;
        var moved = await ChosenAsync(customer, planId, (now, choice, names) =>
            now.Plan == choice || now.Bill is { Purpose: BillPurpose.Upgrade } ? new Moved(now)
            : OwnerMoves.Quote(now, choice, names, time.GetUtcNow(), out var why) is { } quote
                ? OwnerMoves.Upgrade(now, quote, shown.Amount.Amount, Site, time.GetUtcNow(), new SubscriptionOptions()) : new Moved(why!));
        oracle.NewsAt = time.GetUtcNow();
        if (moved?.Subscription?.Plan.PlanId == planId) (oracle.Plan, oracle.NextPlan, oracle.Wanted) = (planId, null, null);
        else if (moved?.Subscription?.Bill is null) oracle.Wanted = null;
    }

    private async Task<Moved?> ChosenAsync(Customer customer, string planId, Func<Subscription, PlanChoice, PlanNames, Moved> move) =>
        await UntilToldAsync(async node =>
        {
            if (await node.Owners.FindAsync(customer.AccountId, CancellationToken.None) is not { } found) return null;
            var (choice, names, _) = await node.Owners.ChooseAsync(planId, found, CancellationToken.None);
            return choice is null ? null : await node.Owners.MoveAsync(customer.AccountId, now => move(now, choice, names));
        });

    private Task<Moved> MoveAsync(Customer customer, Func<Subscription, Moved> move) => UntilToldAsync(node => node.Owners.MoveAsync(customer.AccountId, move));

    private async Task<T> UntilToldAsync<T>(Func<Node, Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask(fate.Pick(nodes));
            }
            catch (Exception fault) when (fault is NodeKilledException or GatewayUnavailableException)
            {
                // They press the button again.
            }
        }
    }
}
