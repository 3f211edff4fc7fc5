using FlickStream.Portal.Accounts;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Letters;

/// <summary>What subscribers are written about, each once by its business identity.</summary>
internal sealed class SubscriptionLetters(MailQueue mail, PlanStore plans, AccountStore accounts)
{
    public async Task SendReminderAsync(Subscription subscription, Effect effect, CancellationToken stop)
    {
        var next = subscription.NextPlan ?? subscription.Plan;
        var price = subscription.NextDiscount?.Off(next) ?? next.Price;
        var name = (await plans.NamesAsync(stop)).Of(next);
        if (subscription.Method is null)
        {
            await PostAsync(subscription, effect, "Your trial ends soon", $"""
                On {DateOf(subscription, subscription.Period!.End)} your trial ({name}) ends, and nothing is charged: you gave no card.

                If you want to watch on, give one in your account; from the end of the trial on it is {Words(price)} a month.
                """, stop);
            return;
        }

        await PostAsync(subscription, effect, "Your subscription renews soon", $"""
            On {DateOf(subscription, subscription.Period!.End)} your subscription ({name}) renews, and your card is charged {Words(price)}.

            If you do not want that, cancel it before; you can watch until that day.
            """, stop);
    }

    public Task SendPaymentFailedAsync(Subscription subscription, Effect effect, CancellationToken stop)
    {
        var bill = effect.Bill!;
        return PostAsync(subscription, effect, "Your payment failed", $"""
            Your card could not be charged {Words(bill.Total)} for your subscription ({bill.Lines[0].Text}).

            {(effect.At < bill.GraceEnd
                ? $"You can watch until {DateOf(subscription, bill.GraceEnd.Value)}. Give another card in your account, and it goes on as before."
                : "You cannot watch until it is paid. Give another card in your account, and it goes on at once.")}
            """, stop);
    }

    public Task SendAccessLostAsync(Subscription subscription, Effect effect, CancellationToken stop) => PostAsync(
        subscription, effect, "Your subscription is on hold", """
        Your renewal is still not paid, so you cannot watch for now. Give another card in your account, and it goes on at once.
        """, stop);

    public Task SendPausedAsync(Subscription subscription, Effect effect, CancellationToken stop) => PostAsync(
        subscription, effect, "Your trial has ended", """
        Your trial has ended, and nothing was charged. You cannot watch for now. Give a card in your account, and it goes on at once.
        """, stop);

    public Task SendEndedAsync(Subscription subscription, Effect effect, CancellationToken stop) => PostAsync(
        subscription, effect, "Your subscription has ended", """
        Your subscription has ended, and your card is charged no more. You can subscribe again at any time.
        """, stop);

    private async Task PostAsync(Subscription subscription, Effect effect, string subject, string text, CancellationToken stop)
    {
        if (await accounts.GetAsync(subscription.AccountId, stop) is { } account)
            await mail.PostAsync(new Letter(account.Email, subject, text), stop, $"{effect.Kind}:{effect.Key}");
    }

    private static string DateOf(Subscription subscription, DateTimeOffset at) => BillingCalendar.DateOf(at, subscription.TimeZone);

    private static string Words(Money money) => money.ToString();
}
