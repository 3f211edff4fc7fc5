using System.Globalization;
using FlickStream.Portal.Bench;

// What is measured, the baseline and who asks each have a process of their own.
return args switch
{
    ["portal", var folder] => await PortalProcess.RunAsync(folder),
    ["bare"] => await BareProcess.RunAsync(),
    ["load", var plan] => LoadProcess.Run(plan),
    [] => await PortalBench.RunAsync(3, []),
    [var seconds, .. var wanted] => await PortalBench.RunAsync(int.Parse(seconds, CultureInfo.InvariantCulture), wanted),
};
