using FlickStream.Standalone.Tests.Harness;
using k8s;
using k8s.Models;

namespace FlickStream.Infra.Tests;

/// <summary>The manifests against Kubernetes' own types, read so that an unknown or doubled field fails, and against each other.</summary>
public sealed class KubernetesTests
{
    private static readonly string Folder = Repository.Path("infra", "kubernetes");

    private static readonly IReadOnlyList<object> Objects =
    [
        .. Directory.EnumerateFiles(Folder, "*.yaml").Where(path => Path.GetFileName(path) != "kustomization.yaml").Order()
            .SelectMany(path => KubernetesYaml.LoadAllFromString(File.ReadAllText(path), strict: true)),
    ];

    public static TheoryData<string> Deployments => [.. All<V1Deployment>().Select(deployment => deployment.Name())];

    [Fact]
    public void All_five_are_deployed() =>
        Assert.Equal(["board", "ingest", "origin", "portal", "worker"], All<V1Deployment>().Select(deployment => deployment.Name()).Order());

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_service_takes_all_its_settings(string name) => ServiceOptions.AssertTaken(
        name is "board" or "worker" ? "Transcoder" : $"{char.ToUpperInvariant(name[0])}{name[1..]}", Environment(name));

    [Fact]
    public void Titles_may_be_protected() =>
        ServiceOptions.AssertTaken("Transcoder", new Dictionary<string, string>(Environment("worker")) { ["Planning__Protection"] = "Cbcs" });

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_is_no_root_writes_nothing_but_its_volumes_and_is_probed(string name)
    {
        var pod = All<V1Deployment>().Single(d => d.Name() == name).Spec.Template.Spec;
        var container = Container(name);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        // Where masters are opened, walls of our own take the place of the engine's.
        var opensMasters = Container(name).Env?.Any(variable => variable is { Name: "Media__Sandbox", Value: "Required" }) is true;
        Assert.Equal(name is "worker" or "ingest", opensMasters);
        Assert.Equal(opensMasters ? "Unconfined" : "RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.Equal(opensMasters ? false : null, pod.HostUsers);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/live", container.StartupProbe.HttpGet.Path);
        Assert.NotNull(container.Resources.Requests["memory"]);
        Assert.Equal(container.VolumeMounts.Select(mount => mount.Name).Order(), pod.Volumes.Select(volume => volume.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_is_given_the_time_that_its_draining_takes(string name)
    {
        var pod = All<V1Deployment>().Single(d => d.Name() == name).Spec.Template.Spec;
        var delay = TimeSpan.Parse(All<V1ConfigMap>().Single().Data["Platform__DrainDelay"]);
        var drain = Container(name).Env?.FirstOrDefault(variable => variable.Name == "Worker__DrainTime")?.Value;
        var least = delay + (drain is null ? TimeSpan.Zero : TimeSpan.Parse(drain)) + TimeSpan.FromSeconds(30);
        Assert.True(pod.TerminationGracePeriodSeconds >= least.TotalSeconds, $"{pod.TerminationGracePeriodSeconds} s are less than {least}.");
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("worker")]
    public void Copies_of_masters_leave_room_in_their_volume(string name)
    {
        var volume = All<V1Deployment>().Single(d => d.Name() == name).Spec.Template.Spec.Volumes.Single(volume => volume.Name == "data");
        var most = decimal.Parse(Container(name).Env.Single(variable => variable.Name == "Platform__Masters__MaxBytes").Value);
        Assert.InRange(most, 1, volume.EmptyDir.SizeLimit.ToDecimal() * 0.8m);
    }

    [Fact]
    public void Budgets_services_scalers_and_the_ingress_name_what_is_there()
    {
        var deployments = All<V1Deployment>().Select(d => d.Name()).ToList();
        Assert.Equal(deployments.Order(), All<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels["app"]).Order());
        Assert.All(All<V1Service>(), service => Assert.Contains(service.Spec.Selector["app"], deployments));
        Assert.All(All<V2HorizontalPodAutoscaler>(), scaler => Assert.Contains(scaler.Spec.ScaleTargetRef.Name, deployments));
        Assert.All(All<V1Deployment>(), d => Assert.Contains(d.Spec.Template.Spec.ServiceAccountName, All<V1ServiceAccount>().Select(a => a.Name())));
        Assert.All(All<V1Deployment>(), d => Assert.Equal(d.Spec.Selector.MatchLabels["app"], d.Spec.Template.Metadata.Labels["app"]));
        // Two that set the number of replicas would undo each other.
        var scaled = All<V2HorizontalPodAutoscaler>().Select(scaler => scaler.Spec.ScaleTargetRef.Name).ToList();
        Assert.All(All<V1Deployment>(), d => Assert.Equal(scaled.Contains(d.Name()), d.Spec.Replicas is null));
        var services = All<V1Service>().Select(service => service.Name()).ToList();
        Assert.All(All<V1Ingress>().Single().Spec.Rules.Single().Http.Paths, path => Assert.Contains(path.Backend.Service.Name, services));
    }

    [Fact]
    public void Pods_that_may_reach_little_reach_the_agent_that_gives_them_their_role()
    {
        var rules = All<V1NetworkPolicy>().Single(policy => policy.Name() == "media").Spec.Egress;
        var agent = rules.Single(rule => rule.To?.Any(peer => peer.IpBlock?.Cidr == "169.254.170.23/32") is true);
        Assert.Equal("80", agent.Ports.Single().Port.Value);
    }

    [Fact]
    public void Workers_are_scaled_by_the_age_of_the_queue_in_the_name_that_is_measured()
    {
        var metric = All<V2HorizontalPodAutoscaler>().Single(scaler => scaler.Name() == "worker").Spec.Metrics.Single().External.Metric;
        Assert.Equal("flickstream_queue_age_seconds", metric.Name);
        Assert.Equal("encode", metric.Selector.MatchLabels["lane"]);
    }

    [Fact]
    public void The_kustomization_lists_every_manifest()
    {
        var text = File.ReadAllText(Path.Combine(Folder, "kustomization.yaml"));
        Assert.All(
            Directory.EnumerateFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path)!).Where(name => name != "kustomization.yaml"),
            name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.All(Deployments.Select(row => Container(row.Data).Image).Distinct(), image => Assert.Contains($"name: {image},", text, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Environment(string deployment)
    {
        var environment = All<V1ConfigMap>().Single(map => map.Name() == "settings").Data.ToDictionary(e => e.Key, e => e.Value);
        // The secret, as infra/README.md makes it.
        environment["Platform__Mongo__ConnectionString"] = "mongodb+srv://flickstream:word@mongo.example.com/";
        environment["Platform__Redis__Connection"] = "redis.example.com:6380,ssl=true,password=word";
        foreach (var variable in Container(deployment).Env ?? []) environment[variable.Name] = variable.Value;
        return environment;
    }

    private static V1Container Container(string deployment) =>
        All<V1Deployment>().Single(d => d.Name() == deployment).Spec.Template.Spec.Containers.Single();

    private static IEnumerable<T> All<T>() => Objects.OfType<T>();
}
