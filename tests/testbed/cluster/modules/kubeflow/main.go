// The controllers of Kubeflow's training operator and MPI operator in one process, on loopback.
//
// Their own programs listen on all addresses, at fixed ports, so that two clusters could not have them on one machine;
// and the webhooks of training-operator, which only validate, do not compile with the controller-runtime of Kueue.
package main

import (
	"context"
	"flag"

	"github.com/kubeflow/mpi-operator/cmd/mpi-operator/app/options"
	mpiclient "github.com/kubeflow/mpi-operator/pkg/client/clientset/versioned"
	mpischeme "github.com/kubeflow/mpi-operator/pkg/client/clientset/versioned/scheme"
	mpiinformers "github.com/kubeflow/mpi-operator/pkg/client/informers/externalversions"
	mpicontroller "github.com/kubeflow/mpi-operator/pkg/controller"
	kubeflowv1 "github.com/kubeflow/training-operator/pkg/apis/kubeflow.org/v1"
	"github.com/kubeflow/training-operator/pkg/config"
	training "github.com/kubeflow/training-operator/pkg/controller.v1"
	"github.com/kubeflow/training-operator/pkg/controller.v1/common"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/healthz"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

// MPIJob is v2beta1 here, of the MPI operator; the training operator's own v1 would be a second one of that name.
var kinds = []string{
	kubeflowv1.PyTorchJobKind, kubeflowv1.TFJobKind, kubeflowv1.XGBoostJobKind, kubeflowv1.PaddleJobKind, kubeflowv1.JAXJobKind,
}

func main() {
	health := flag.String("health", "127.0.0.1:8081", "address of the health probe")
	flag.StringVar(&config.Config.PyTorchInitContainerImage, "pytorch-init-container-image", config.PyTorchInitContainerImageDefault, "")
	flag.IntVar(&config.Config.PyTorchInitContainerMaxTries, "pytorch-init-container-max-tries", config.PyTorchInitContainerMaxTriesDefault, "")
	flag.Parse()
	ctrl.SetLogger(zap.New())

	scheme := runtime.NewScheme()
	must(clientscheme.AddToScheme(scheme))
	must(mpischeme.AddToScheme(clientscheme.Scheme))
	must(kubeflowv1.AddToScheme(scheme))
	connection := ctrl.GetConfigOrDie()
	connection.QPS, connection.Burst = 300, 500
	mgr, err := ctrl.NewManager(connection, ctrl.Options{
		Scheme:                 scheme,
		HealthProbeBindAddress: *health,
		Metrics:                metricsserver.Options{BindAddress: "0"},
	})
	must(err)
	for _, kind := range kinds {
		must(training.SupportedSchemeReconciler[kind](mgr, common.GenNonGangSchedulerSetupFunc(), 4))
	}
	must(mgr.Add(manager.RunnableFunc(runMPI(mgr))))
	must(mgr.AddReadyzCheck("readyz", healthz.Ping))
	must(mgr.Start(ctrl.SetupSignalHandler()))
}

func runMPI(mgr ctrl.Manager) func(context.Context) error {
	return func(ctx context.Context) error {
		client := kubernetes.NewForConfigOrDie(mgr.GetConfig())
		jobs := mpiclient.NewForConfigOrDie(mgr.GetConfig())
		of := informers.NewSharedInformerFactory(client, 0)
		ofJobs := mpiinformers.NewSharedInformerFactory(jobs, 0)
		controller, err := mpicontroller.NewMPIJobController(
			ctx, client, jobs, nil, nil,
			of.Core().V1().ConfigMaps(), of.Core().V1().Secrets(), of.Core().V1().Services(),
			of.Batch().V1().Jobs(), of.Core().V1().Pods(), of.Scheduling().V1().PriorityClasses(),
			ofJobs.Kubeflow().V2beta1().MPIJobs(),
			&options.ServerOption{ControllerRateLimit: 100, ControllerBurst: 500},
		)
		if err != nil {
			return err
		}
		of.Start(ctx.Done())
		ofJobs.Start(ctx.Done())
		return controller.Run(4, ctx.Done())
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
