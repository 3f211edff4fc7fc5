using System.Reflection;
using FlickStream.Platform.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(OneSkipASuite))]

namespace FlickStream.Platform.Tests;

/// <summary>On a suite that runs on an engine which not every machine has.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>What is not there, in a sentence for the report; null where the suite can run.</summary>
    public abstract string? Missing { get; }
}

/// <summary>xunit as it is, but a suite whose engine is missing is found as one test, which skips itself and says why: a hundred skipped
/// tests would say it a hundred times, and hide a skip that nobody expected.</summary>
public sealed class OneSkipASuite : XunitTestFramework
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) => 
        new Discoverer(new XunitTestAssembly(assembly, configFilePath: null));

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForType(
            IXunitTestClass testClass, ITestFrameworkDiscoveryOptions discoveryOptions, Func<ITestCase, ValueTask<bool>> discoveryCallback)
        {
            if (testClass.Class.GetCustomAttribute<NeedsAttribute>() is { Missing: not null })
            {
                var report = discoveryCallback;
                var reported = 0;
                discoveryCallback = test => Interlocked.Exchange(ref reported, 1) == 0 ? report(test) : ValueTask.FromResult(true);
            }

            return base.FindTestsForType(testClass, discoveryOptions, discoveryCallback);
        }
    }
}
